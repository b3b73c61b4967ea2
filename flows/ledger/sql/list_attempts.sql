-- All attempts, the first to begin first. Reads attempt.
select
    run_key,
    source_id,
    interval_start,
    interval_end,
    state,
    flow_run_id,
    started_at,
    finished_at,
    code_version,
    model_name,
    model_version,
    detail,
    host,
    process_id,
    process_started
from attempt
order by started_at, run_key, source_id;
