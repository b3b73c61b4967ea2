-- Grain: a load.
-- Reads: nothing. Writes: dim_run.

insert into dim_run (
    run_key,
    flow_run_id,
    interval_start,
    interval_end,
    started_at,
    finished_at,
    code_version,
    model_name,
    model_version,
    model_backend,
    read_count,
    loaded_count,
    unchanged_count,
    duplicate_count,
    rejected_count,
    unsupported_count,
    removed_line_count,
    error
) values (
    $run_key,
    $flow_run_id,
    cast($interval_start as timestamp),
    cast($interval_end as timestamp),
    cast($started_at as timestamp),
    cast($finished_at as timestamp),
    $code_version,
    $model_name,
    $model_version,
    $model_backend,
    $read_count,
    $loaded_count,
    $unchanged_count,
    $duplicate_count,
    $rejected_count,
    $unsupported_count,
    $removed_line_count,
    $error
);
