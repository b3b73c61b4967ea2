-- Grain: an outlet x a measure, on the last day on which it was judged; what was never judged on its last day.
-- Reads: fact_source_expectation, dim_source, dim_date. Writes: nothing. What is not met comes first, and alone unless
-- all is asked for.

with latest as (
    select
        outlet.source_id,
        calendar.date,
        expectation.measure,
        expectation.status,
        expectation.observed_value,
        expectation.observed_count,
        expectation.expected_low,
        expectation.expected_high,
        expectation.expected_by,
        expectation.reason
    from fact_source_expectation as expectation
    inner join dim_source as outlet on expectation.source_key = outlet.source_key
    inner join dim_date as calendar on expectation.date_key = calendar.date_key
    qualify row_number() over (
        partition by outlet.source_id, expectation.measure
        order by expectation.status = 'too_little_data' asc, calendar.date desc
    ) = 1
)

select
    latest.source_id,
    outlet.name as source_name,
    latest.date,
    latest.measure,
    latest.status,
    latest.observed_value,
    latest.expected_low,
    latest.expected_high,
    latest.expected_by,
    latest.reason
from latest
inner join dim_source as outlet on latest.source_id = outlet.source_id and outlet.is_current
where latest.status in ('low', 'high') or $has_all
order by
    latest.status in ('low', 'high') desc,
    latest.status = 'too_little_data' asc,
    source_name asc,
    latest.source_id asc,
    latest.measure asc;
