-- Grain: an outlet that is fetched, the one with most trouble first.
-- Reads: fact_source_coverage, dim_source, dim_date. Writes: nothing.

with outlet_day as (
    select
        outlet.source_id,
        calendar.date,
        coverage.status,
        coverage.loaded_count,
        coverage.rejected_count
    from fact_source_coverage as coverage
    inner join dim_source as outlet on coverage.source_key = outlet.source_key
    inner join dim_date as calendar on coverage.date_key = calendar.date_key
),

counted as (
    select
        source_id,
        count_if(status = 'gap') as gap_day_count,
        count_if(status = 'error') as error_day_count,
        count_if(status = 'partial') as partial_day_count,
        count_if(status in ('complete', 'quiet')) as good_day_count,
        cast(sum(loaded_count) as bigint) as loaded_count,
        cast(sum(rejected_count) as bigint) as rejected_count,
        max(date) filter (where status <> 'gap') as last_fetched_date,
        arg_max(status, date) as last_status
    from outlet_day
    group by source_id
)

select
    outlet.name as source_name,
    counted.last_fetched_date,
    counted.last_status,
    counted.good_day_count,
    counted.partial_day_count,
    counted.error_day_count,
    counted.gap_day_count,
    counted.loaded_count,
    counted.rejected_count
from counted
inner join dim_source as outlet on counted.source_id = outlet.source_id and outlet.is_current
order by counted.error_day_count + counted.gap_day_count desc, counted.rejected_count desc, source_name asc
limit $row_limit;
