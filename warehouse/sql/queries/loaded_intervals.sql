-- Grain: a data interval that was loaded for all of some outlets, the last first.
-- Reads: fact_interval. Writes: nothing.

select
    interval_start,
    interval_end,
    min(started_at) as started_at
from fact_interval
where source_id in (select unnest(cast($source_ids as varchar[]))) and state = 'success'
group by interval_start, interval_end
having count(distinct source_id) = len(cast($source_ids as varchar[]))
order by interval_end desc, interval_start asc
limit $row_limit;
