-- Protects: every page that was asked for on a day ended in exactly one of loaded, unchanged, duplicate, rejected.
-- Returns: the days that do not add up.

select
    source_key,
    date_key,
    expected_count,
    received_count,
    loaded_count,
    unchanged_count,
    duplicate_count,
    rejected_count
from fact_source_coverage
where
    expected_count <> loaded_count + unchanged_count + duplicate_count + rejected_count
    or received_count < loaded_count + unchanged_count + duplicate_count
    or received_count > expected_count
    or failed_listing_count > listing_count;
