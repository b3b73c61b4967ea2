-- Grain: a load.
-- Reads: nothing. Writes: dim_run.

insert into dim_run by name
select
    $run_key as run_key,
    $flow_run_id as flow_run_id,
    cast($interval_start as timestamp) as interval_start,
    cast($interval_end as timestamp) as interval_end,
    cast($started_at as timestamp) as started_at,
    cast($finished_at as timestamp) as finished_at,
    $code_version as code_version,
    $model_name as model_name,
    $model_version as model_version,
    $model_backend as model_backend,
    $read_count as read_count,
    $loaded_count as loaded_count,
    $unchanged_count as unchanged_count,
    $duplicate_count as duplicate_count,
    $rejected_count as rejected_count,
    $unsupported_count as unsupported_count,
    $removed_line_count as removed_line_count,
    $error as error;
