-- Grain: an outlet x a day x a measure, as it was judged: of each measure the last $history_day_count days before those
-- that are judged anew, and four weeks.
-- Reads: remade_outlet, outlet_key, kept_day, fact_source_expectation, fact_source_coverage, dim_source, dim_date.
-- Writes: temporary earlier_measure, with what observed_measure says of them: is_learned_from. They have not changed.

create or replace temp table earlier_measure as
with held as (
    select
        outlet_key.source_id,
        calendar.date as day_date,
        expectation.measure,
        expectation.observed_value,
        expectation.observed_count,
        remade.since_date
    from fact_source_expectation as expectation
    inner join outlet_key on expectation.source_key = outlet_key.source_key
    inner join dim_date as calendar on expectation.date_key = calendar.date_key
    inner join remade_outlet as remade
        on outlet_key.source_id = remade.source_id and calendar.date < remade.since_date
),

first_needed as (
    select
        source_id,
        measure,
        least(list_min(max(day_date, $history_day_count)), min(since_date) - 28) as first_date
    from held
    group by source_id, measure
),

covered as (
    select
        outlet.source_id,
        calendar.date as day_date,
        coverage.status
    from fact_source_coverage as coverage
    inner join dim_source as outlet on coverage.source_key = outlet.source_key
    inner join dim_date as calendar on coverage.date_key = calendar.date_key
),

first_day as (
    select
        source_id,
        min(day_date) as day_date
    from kept_day
    group by source_id
)

select
    held.source_id,
    held.day_date,
    held.measure,
    held.observed_value,
    case
        when held.measure = 'article_count'
            then held.day_date <> first_day.day_date and coalesce(covered.status not in ('gap', 'error'), true)
        else held.observed_count >= $min_observed_count and coalesce(covered.status <> 'error', true)
    end as is_learned_from
from held
inner join first_needed
    on
        held.source_id = first_needed.source_id
        and held.measure = first_needed.measure
        and held.day_date >= first_needed.first_date
inner join first_day on held.source_id = first_day.source_id
left join covered on held.source_id = covered.source_id and held.day_date = covered.day_date;
