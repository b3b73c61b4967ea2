-- Grain: an outlet x a day x what was not well: not all came, or a measure was not as expected. Last days first.
-- Reads: fact_source_coverage, fact_source_expectation, dim_source, dim_date. Writes: nothing.

with trouble as (
    select
        source_key,
        date_key,
        'coverage' as measure,
        status,
        case status
            when 'gap' then 'nobody asked, though it was due'
            when 'error' then 'no feed answered'
            else 'something did not come, or was refused'
        end as reason
    from fact_source_coverage
    where status in ('gap', 'error', 'partial')
    union all by name
    select
        source_key,
        date_key,
        measure,
        status,
        reason
    from fact_source_expectation
    where status in ('low', 'high')
)

select
    outlet.source_id,
    outlet.name as source_name,
    calendar.date,
    trouble.measure,
    trouble.status,
    trouble.reason
from trouble
inner join dim_source as outlet on trouble.source_key = outlet.source_key
inner join dim_date as calendar on trouble.date_key = calendar.date_key
where calendar.date >= $since
order by calendar.date desc, outlet.source_id asc, trouble.measure asc;
