-- Protects: a row of fact_interval is an outlet and an interval with an end behind its start, on a known day; the
-- outlet is known where something was loaded.
-- Returns: those that are there twice, run backwards, or whose keys lead nowhere.

select
    fact.source_id,
    fact.interval_start,
    fact.interval_end,
    count(*) as row_count
from fact_interval as fact
left join dim_source as outlet on fact.source_key = outlet.source_key
left join dim_date as calendar on fact.start_date_key = calendar.date_key and calendar.date_key > 0
group by fact.source_id, fact.interval_start, fact.interval_end
having
    count(*) > 1
    or fact.interval_end <= fact.interval_start
    or count(outlet.source_key) = 0
    or count(calendar.date_key) = 0;
