-- Protects: a row of fact_source_coverage is an outlet on a day, both known.
-- Returns: those that are there twice, or whose keys lead nowhere.

select
    coverage.source_key,
    coverage.date_key,
    count(*) as row_count
from fact_source_coverage as coverage
left join dim_source as outlet on coverage.source_key = outlet.source_key and outlet.source_key >= 0
left join dim_date as calendar on coverage.date_key = calendar.date_key and calendar.date_key > 0
group by coverage.source_key, coverage.date_key
having count(*) > 1 or count(outlet.source_key) = 0 or count(calendar.date_key) = 0;
