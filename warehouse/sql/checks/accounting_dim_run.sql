-- Protects: every document read ended in exactly one of loaded, unchanged, duplicate, rejected. A load that failed half
-- way (error is not null) need not add up.
-- Returns: the loads that do not add up.

select
    run_key,
    read_count,
    loaded_count,
    unchanged_count,
    duplicate_count,
    rejected_count
from dim_run
where
    error is null
    and read_count <> loaded_count + unchanged_count + duplicate_count + rejected_count;
