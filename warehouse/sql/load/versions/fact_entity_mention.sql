-- Grain: a span of a version of an article, as one entity.
-- Reads: stale_text, carried_text, version_before, version_after, fact_entity_mention. Writes: fact_entity_mention,
-- temporary touched_name (the names that have to be resolved anew), moved_version and carried_count.

create or replace temp table carried_mention as
select
    mention.* replace (
        carried_text.article_key as article_key,
        carried_text.source_key as source_key,
        carried_text.published_date_key as published_date_key,
        cast($run_key as bigint) as run_key
    )
from carried_text
inner join fact_entity_mention as mention on carried_text.donor_key = mention.article_key;

create or replace temp table carried_count as
select
    article_key,
    count(*) as mention_count
from carried_mention
group by article_key;

create temp table if not exists touched_name (observed_key bigint);

insert into touched_name
select mention.observed_key
from fact_entity_mention as mention
semi join stale_text on mention.article_key = stale_text.article_key
union
select carried_mention.observed_key
from carried_mention;

delete from fact_entity_mention
where article_key in (select stale_text.article_key from stale_text);

insert into fact_entity_mention by name
select * from carried_mention;

drop table carried_mention;

create or replace temp table moved_version as
select given.*
from version_after as given
inner join version_before as held on given.article_key = held.article_key
where (given.source_key, given.published_date_key) <> (held.source_key, held.published_date_key);

insert into touched_name
select distinct mention.observed_key
from fact_entity_mention as mention
semi join moved_version as moved on mention.article_key = moved.article_key;

update fact_entity_mention
set
    source_key = moved.source_key,
    published_date_key = moved.published_date_key,
    run_key = $run_key
from moved_version as moved
where fact_entity_mention.article_key = moved.article_key;
