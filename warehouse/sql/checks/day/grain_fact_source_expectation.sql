-- Protects: a row is an outlet, a day and a measure; each day of fact_source_coverage has one.
-- Returns: those that are there twice or whose keys lead nowhere, the days that are missing.

select
    expectation.source_key,
    expectation.date_key,
    expectation.measure,
    count(*) as row_count
from fact_source_expectation as expectation
left join dim_source as outlet on expectation.source_key = outlet.source_key and outlet.source_key >= 0
left join dim_date as calendar on expectation.date_key = calendar.date_key and calendar.date_key > 0
group by expectation.source_key, expectation.date_key, expectation.measure
having count(*) > 1 or count(outlet.source_key) = 0 or count(calendar.date_key) = 0
union all
select
    coverage.source_key,
    coverage.date_key,
    'article_count' as measure,
    0 as row_count
from fact_source_coverage as coverage
anti join fact_source_expectation as expectation
    on
        coverage.source_key = expectation.source_key
        and coverage.date_key = expectation.date_key
        and expectation.measure = 'article_count';
