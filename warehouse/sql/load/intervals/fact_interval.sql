-- Grain: an outlet x a data interval.
-- Reads: fact_interval_attempt, dim_source. Writes: fact_interval, all of it.
-- State, times, code and model are those of the last attempt; counts and input those of the last that succeeded.

delete from fact_interval;

insert into fact_interval by name
with latest as (
    select *
    from fact_interval_attempt
    qualify row_number() over (
        partition by source_id, interval_start, interval_end order by started_at desc, run_key desc
    ) = 1
),

latest_success as (
    select *
    from fact_interval_attempt
    where state = 'success'
    qualify row_number() over (
        partition by source_id, interval_start, interval_end order by started_at desc, run_key desc
    ) = 1
),

attempt_total as (
    select
        source_id,
        interval_start,
        interval_end,
        count(*) as attempt_count
    from fact_interval_attempt
    group by source_id, interval_start, interval_end
)

select
    coalesce(outlet.source_key, -1) as source_key,
    cast(strftime(latest.interval_start, '%Y%m%d') as integer) as start_date_key,
    latest.source_id,
    latest.interval_start,
    latest.interval_end,
    latest.state,
    attempt_total.attempt_count,
    latest.started_at,
    latest.finished_at,
    latest_success.finished_at as loaded_at,
    coalesce(latest_success.read_count, 0) as read_count,
    coalesce(latest_success.loaded_count, 0) as loaded_count,
    coalesce(latest_success.unchanged_count, 0) as unchanged_count,
    coalesce(latest_success.duplicate_count, 0) as duplicate_count,
    coalesce(latest_success.rejected_count, 0) as rejected_count,
    coalesce(latest_success.unseen_count, 0) as unseen_count,
    coalesce(latest_success.input_hash, '') as input_hash,
    latest.code_version,
    latest.model_name,
    latest.model_version,
    latest.detail,
    coalesce(latest_success.run_key, -2) as run_key
from latest
inner join attempt_total
    on
        latest.source_id = attempt_total.source_id
        and latest.interval_start = attempt_total.interval_start
        and latest.interval_end = attempt_total.interval_end
left join latest_success
    on
        latest.source_id = latest_success.source_id
        and latest.interval_start = latest_success.interval_start
        and latest.interval_end = latest_success.interval_end
left join dim_source as outlet on latest.source_id = outlet.source_id and outlet.is_current
order by latest.interval_start, latest.source_id, latest.interval_end;
