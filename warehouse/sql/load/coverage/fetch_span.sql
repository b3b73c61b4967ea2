-- Grain: an outlet that is fetched.
-- Reads: source_fetch. Writes: nothing. The last day is that of the last fetch of any outlet.

select
    source_id,
    min(cast(fetched_at as date)) as first_date,
    (select max(cast(latest.fetched_at as date)) from source_fetch as latest) as last_date
from source_fetch
group by source_id
order by source_id;
