-- What the checks of entities look at after a load: all rows of a sample of $sample_count entities that the versions
-- it counted name, or named before, none of them in more than $article_count articles. Entities that all articles name
-- have most of all rows: to count them again would take as long as to check the whole. Keys are hashes, so that those
-- that follow one are as good a sample as any; and they lie in a few row groups where tables are laid out by entity.
-- The one to begin with is another for each load.
-- Reads: recounted_article, recounted_entity, and the tables. Writes: temporary narrowed_*: a part of each table.
-- Whom a version names is written anew when it is counted: so it stands behind the watermark.

create temp table if not exists recounted_article (article_key bigint);
create temp table if not exists recounted_entity (entity_key bigint);

create or replace temp table checked_entity as
with named as (
    select entity_key
    from fact_article_entity
    where
        rowid >= coalesce(getvariable('watermark_fact_article_entity'), 0)
        and article_key in (select recounted_article.article_key from recounted_article)
    union
    select entity_key
    from recounted_entity
),

first_key as (
    select cast(hash(min(article_key)) >> 1 as bigint) as entity_key
    from recounted_article
)

select named.entity_key
from named
left join entity_total as total on named.entity_key = total.entity_key
where coalesce(total.article_count, 0) <= $article_count
order by named.entity_key < (select first_key.entity_key from first_key), named.entity_key
limit $sample_count;

create temp table narrowed_dim_entity as
select *
from dim_entity
where entity_key in (select checked_entity.entity_key from checked_entity);

create temp table narrowed_entity_alias as
select
    entity_key,
    alias,
    mention_count
from entity_alias
where entity_key in (select checked_entity.entity_key from checked_entity);

create temp table narrowed_entity_total as
select *
from entity_total
where entity_key in (select checked_entity.entity_key from checked_entity);

create temp table narrowed_entity_day_total as
select *
from entity_day_total
where entity_key in (select checked_entity.entity_key from checked_entity);

create temp table narrowed_pair_total as
select *
from pair_total
where entity_key_a in (select checked_entity.entity_key from checked_entity);

create temp table narrowed_fact_entity_mention as
select
    article_key,
    entity_key,
    published_date_key
from fact_entity_mention
where entity_key in (select checked_entity.entity_key from checked_entity);

create temp table narrowed_fact_article_entity as
select *
from fact_article_entity
where entity_key in (select checked_entity.entity_key from checked_entity);

create temp table narrowed_fact_cooccurrence as
select
    article_key,
    entity_key_a,
    entity_key_b,
    sentence_count
from fact_cooccurrence
where entity_key_a in (select checked_entity.entity_key from checked_entity);
