-- Grain: url x fetched_at x source_id.
-- Reads: incoming_fetch, source_fetch. Writes: source_fetch: what is not known yet; temporary asked_day: its days,
-- which have to be counted.

create or replace temp table new_fetch as
with given as (
    select distinct incoming.* replace (cast(incoming.fetched_at as timestamp) as fetched_at)
    from incoming_fetch as incoming
)

select given.*
from given
anti join source_fetch as known
    on
        given.url = known.url
        and given.fetched_at = known.fetched_at
        and given.source_id = known.source_id;

insert into source_fetch by name
select *
from new_fetch;

insert into asked_day
select distinct
    source_id,
    cast(fetched_at as date) as day_date
from new_fetch;

drop table new_fetch;
