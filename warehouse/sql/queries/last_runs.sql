-- Grain: a load, the last one first.
-- Reads: dim_run. Writes: nothing.

select
    cast(run_key as varchar) as run_key,
    flow_run_id,
    started_at,
    round(epoch(finished_at) - epoch(started_at), 1) as duration_seconds,
    interval_start,
    interval_end,
    read_count,
    loaded_count,
    unchanged_count,
    duplicate_count,
    rejected_count,
    unsupported_count,
    concat_ws(' ', model_name, model_version) as model_label,
    code_version
from dim_run
order by started_at desc, run_key desc
limit $row_limit;
