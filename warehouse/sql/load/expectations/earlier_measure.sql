-- Grain: an outlet x a day x a measure, as it was judged: of each measure the last $history_day_count days before those
-- that are judged anew, and four weeks.
-- Reads: remade_outlet, outlet_key, kept_day, fact_source_expectation, fact_source_coverage, dim_source, dim_date.
-- Writes: temporary earlier_measure, with what observed_measure says of them: is_learned_from. They have not changed.

-- In a table of its own, since DuckDB would join all days with their coverage before it leaves most of them out.
create or replace temp table needed_measure as
with asked as (
    select
        outlet_key.source_key,
        outlet_key.source_id,
        remade.since_date,
        remade.since_date - interval 28 days as recent_date
    from outlet_key
    inner join remade_outlet as remade on outlet_key.source_id = remade.source_id
),

keyed as (
    select
        source_key,
        source_id,
        year(since_date) * 10000 + month(since_date) * 100 + day(since_date) as since_key,
        year(recent_date) * 10000 + month(recent_date) * 100 + day(recent_date) as recent_key
    from asked
),

first_needed as (
    select
        keyed.source_id,
        expectation.measure,
        least(list_min(max(expectation.date_key, $history_day_count)), min(keyed.recent_key)) as first_key
    from fact_source_expectation as expectation
    inner join keyed on expectation.source_key = keyed.source_key and expectation.date_key < keyed.since_key
    group by keyed.source_id, expectation.measure
)

select
    keyed.source_id,
    calendar.date as day_date,
    expectation.measure,
    expectation.observed_value,
    expectation.observed_count
from fact_source_expectation as expectation
inner join keyed on expectation.source_key = keyed.source_key and expectation.date_key < keyed.since_key
inner join first_needed
    on
        keyed.source_id = first_needed.source_id
        and expectation.measure = first_needed.measure
        and expectation.date_key >= first_needed.first_key
inner join dim_date as calendar on expectation.date_key = calendar.date_key;

create or replace temp table earlier_measure as
with covered as (
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
from needed_measure as held
inner join first_day on held.source_id = first_day.source_id
left join covered on held.source_id = covered.source_id and held.day_date = covered.day_date;

drop table needed_measure;
