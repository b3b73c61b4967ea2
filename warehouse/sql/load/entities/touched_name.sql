-- Grain: an observed name whose mentions changed.
-- Reads: mention_change, added_version, dim_article, fact_entity_mention. Writes: temporary touched_name; near_mention:
-- all mentions in the articles in which any came or went, as they are now. An article counts once whatever its
-- versions: so what changed of a version is one article more, or less, only where no other version has the name.

insert into touched_name
select distinct observed_key
from mention_change;

create or replace temp table near_mention as
with changed as (
    select distinct article_id
    from mention_change
),

added as (
    select
        added_version.article_id,
        added_version.article_key
    from added_version
    semi join changed on added_version.article_id = changed.article_id
),

former as (
    select
        article.article_id,
        article.article_key
    from dim_article as article
    where
        article.article_id in (
            select changed.article_id
            from changed
            anti join added_version on changed.article_id = added_version.article_id
        )
),

near_version as (
    select * from added
    union all
    select * from former
),

near as (
    select
        near_version.article_id,
        mention.observed_key,
        mention.alias_key
    from fact_entity_mention as mention
    inner join near_version on mention.article_key = near_version.article_key
    where mention.rowid >= coalesce(getvariable('watermark_fact_entity_mention'), 0)
    union all
    select
        former.article_id,
        mention.observed_key,
        mention.alias_key
    from fact_entity_mention as mention
    inner join former on mention.article_key = former.article_key
    where mention.rowid < coalesce(getvariable('watermark_fact_entity_mention'), 0)
)

select
    article_id,
    observed_key,
    alias_key,
    count(*) as mention_count
from near
group by article_id, observed_key, alias_key;
