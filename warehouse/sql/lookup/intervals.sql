-- Grain: an outlet x a data interval.
-- Reads: fact_interval. Writes: nothing.

select
    source_id,
    interval_start,
    interval_end,
    state,
    attempt_count,
    started_at,
    finished_at,
    loaded_at,
    read_count,
    loaded_count,
    input_hash,
    detail,
    run_key
from fact_interval
order by interval_start, interval_end, source_id;
