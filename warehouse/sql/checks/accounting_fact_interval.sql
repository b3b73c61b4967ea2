-- Protects: fact_interval says of each interval what its attempts say, and the documents of an attempt that succeeded
-- add up, in the outlet and, over all outlets, to no more than its load read.
-- Returns: intervals with another number of attempts, and attempts that do not add up.

with attempt_total as (
    select
        source_id,
        interval_start,
        interval_end,
        count(*) as attempt_count,
        count_if(state = 'success') as success_count
    from fact_interval_attempt
    group by source_id, interval_start, interval_end
),

run_total as (
    select
        attempt.run_key,
        sum(attempt.read_count) as read_count
    from fact_interval_attempt as attempt
    where attempt.state = 'success'
    group by attempt.run_key
)

select
    coalesce(attempt_total.source_id, fact.source_id) as source_id,
    coalesce(attempt_total.interval_start, fact.interval_start) as interval_start,
    'attempts' as problem
from attempt_total
full join fact_interval as fact
    on
        attempt_total.source_id = fact.source_id
        and attempt_total.interval_start = fact.interval_start
        and attempt_total.interval_end = fact.interval_end
where
    fact.attempt_count is distinct from attempt_total.attempt_count
    or (fact.loaded_at is null) is distinct from (attempt_total.success_count = 0)
union all
select
    source_id,
    interval_start,
    'documents' as problem
from fact_interval_attempt
where state = 'success' and read_count <> loaded_count + unchanged_count + duplicate_count + rejected_count
union all
select
    '' as source_id,
    run.interval_start,
    'run' as problem
from run_total
left join dim_run as run on run_total.run_key = run.run_key
where run.run_key is null or run_total.read_count > run.read_count;
