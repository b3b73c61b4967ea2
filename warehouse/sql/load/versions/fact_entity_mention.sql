-- Grain: a span of a version of an article, as one entity.
-- Reads: stale_text, carried_text, version_before, version_after, fact_entity_mention. Writes: fact_entity_mention,
-- temporary mention_change (what names and entities have to be counted by), moved_version and carried_count.

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

insert into mention_change by name
select
    stale_text.article_id,
    mention.observed_key,
    mention.entity_key,
    mention.full_name,
    mention.alias_key,
    mention.published_date_key,
    -count(*) as mention_count
from fact_entity_mention as mention
inner join stale_text on mention.article_key = stale_text.article_key
group by all
union all by name
select
    given.article_id,
    carried.observed_key,
    carried.entity_key,
    carried.full_name,
    carried.alias_key,
    carried.published_date_key,
    count(*) as mention_count
from carried_mention as carried
inner join version_after as given on carried.article_key = given.article_key
group by all;

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

insert into mention_change by name
with moved_mention as (
    select
        moved.article_id,
        mention.observed_key,
        mention.entity_key,
        mention.full_name,
        mention.alias_key,
        mention.published_date_key as former_date_key,
        moved.published_date_key,
        count(*) as mention_count
    from fact_entity_mention as mention
    inner join moved_version as moved on mention.article_key = moved.article_key
    group by all
)

select
    article_id,
    observed_key,
    entity_key,
    full_name,
    alias_key,
    published_date_key,
    mention_count
from moved_mention
union all by name
select
    article_id,
    observed_key,
    entity_key,
    full_name,
    alias_key,
    former_date_key as published_date_key,
    -mention_count as mention_count
from moved_mention;

update fact_entity_mention
set
    source_key = moved.source_key,
    published_date_key = moved.published_date_key,
    run_key = $run_key
from moved_version as moved
where fact_entity_mention.article_key = moved.article_key;
