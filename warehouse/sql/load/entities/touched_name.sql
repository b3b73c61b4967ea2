-- Grain: an observed name whose mentions changed.
-- Reads: mention_change, near_version, wanted_mention, fact_entity_mention. Writes: temporary touched_name;
-- near_mention: all mentions in the articles in which any came or went, as they are now. An article counts once
-- whatever its versions: so what changed of a version is one article more, or less, only where no other version has it.

insert into touched_name
select distinct observed_key
from mention_change;

create or replace temp table near_mention as
with near as (
    select
        article_key,
        observed_key,
        alias_key
    from fact_entity_mention
    where
        rowid >= coalesce(getvariable('watermark_fact_entity_mention'), 0)
        and article_key in (select near_version.article_key from near_version)
    union all
    select
        article_key,
        observed_key,
        alias_key
    from fact_entity_mention
    where rowid in (select wanted_mention.row_number from wanted_mention)
)

select
    near_version.article_id,
    near.observed_key,
    near.alias_key,
    count(*) as mention_count
from near
inner join near_version on near.article_key = near_version.article_key
group by near_version.article_id, near.observed_key, near.alias_key;
