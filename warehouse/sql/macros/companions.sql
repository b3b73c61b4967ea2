-- Who is named together with an entity: both ways round what fact_cooccurrence has once. Of several names asked for
-- together none is a companion.
-- Reads: entity_keys(), dim_entity, fact_article_entity, fact_cooccurrence. Defines: companions(entity_name).

create or replace macro companions(entity_name) as table
with own as (
    select unnest(entity_keys(entity_name)) as entity_key
),

naming as (
    select
        held.article_key,
        held.story_key,
        nullif(held.published_date_key, -1) as date_key
    from fact_article_entity as held
    semi join own on held.entity_key = own.entity_key
    where held.is_current_version
    group by all
),

pair as (
    select
        entity_key_b as other_key,
        article_key,
        sentence_count
    from fact_cooccurrence
    where entity_key_a in (select own.entity_key from own)
    union all
    select
        entity_key_a as other_key,
        article_key,
        sentence_count
    from fact_cooccurrence
    where entity_key_b in (select own.entity_key from own)
),

counted as (
    select
        pair.other_key,
        count(distinct naming.article_key) as article_count,
        count(distinct naming.story_key) as story_count,
        cast(sum(pair.sentence_count) as bigint) as sentence_count,
        min(naming.date_key) as first_date_key,
        max(naming.date_key) as last_date_key
    from pair
    inner join naming on pair.article_key = naming.article_key
    group by pair.other_key
)

select
    other.entity_key,
    other.name,
    other.entity_type,
    counted.article_count,
    counted.story_count,
    counted.sentence_count,
    cast(strptime(cast(counted.first_date_key as varchar), '%Y%m%d') as date) as first_date,
    cast(strptime(cast(counted.last_date_key as varchar), '%Y%m%d') as date) as last_date
from counted
inner join dim_entity as other on counted.other_key = other.entity_key
where not other.is_hidden and other.entity_key not in (select own.entity_key from own)
order by counted.story_count desc, counted.article_count desc, counted.sentence_count desc, other.name asc;

comment on macro table companions is
'companions(''Asim Munir''): who is named in the same articles, in how many of these, and in how many sentences';
