-- Grain: an outlet x a day that has to be counted anew.
-- Reads: asked_day, changed_page, source_fetch. Writes: temporary changed_day: with $is_whole every day on which an
-- outlet was asked, else those on which it was asked for something new, or for a page of which a document that was
-- loaded since tells something else: what it brought may be new on another day now, or be no refusal any more.

create or replace temp table changed_day as
select
    source_id,
    day_date
from asked_day
union
select
    fetched.source_id,
    cast(fetched.fetched_at as date) as day_date
from source_fetch as fetched
semi join changed_page as changed
    on fetched.url = changed.url and (changed.raw_hash is null or fetched.raw_hash = changed.raw_hash)
union
select
    fetched.source_id,
    cast(fetched.fetched_at as date) as day_date
from source_fetch as fetched
where $is_whole;
