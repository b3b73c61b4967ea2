-- Who is named together with an entity: both ways round what fact_cooccurrence has once.
-- Reads: dim_entity, fact_cooccurrence, fact_article. Defines: companions(entity_name).

create or replace macro companions(entity_name) as table
with pair as (
    select
        entity_key_a as own_key,
        entity_key_b as other_key,
        article_key,
        sentence_count
    from fact_cooccurrence
    where
        entity_key_a in (select named.entity_key from dim_entity as named where named.name = entity_name)
    union all
    select
        entity_key_b as own_key,
        entity_key_a as other_key,
        article_key,
        sentence_count
    from fact_cooccurrence
    where
        entity_key_b in (select named.entity_key from dim_entity as named where named.name = entity_name)
)

select
    other.entity_key,
    other.name,
    other.entity_type,
    count(distinct pair.article_key) as article_count,
    count(distinct fact.story_key) as story_count,
    cast(sum(pair.sentence_count) as bigint) as sentence_count,
    min(cast(fact.published_at as date)) as first_date,
    max(cast(fact.published_at as date)) as last_date
from pair
inner join dim_entity as own on pair.own_key = own.entity_key
inner join dim_entity as other on pair.other_key = other.entity_key
inner join fact_article as fact on pair.article_key = fact.article_key
where fact.is_current and not own.is_hidden and not other.is_hidden
group by other.entity_key, other.name, other.entity_type
order by story_count desc, article_count desc, sentence_count desc, other.name asc;

comment on macro table companions is
'companions(''Asim Munir''): who is named in the same articles, in how many of these, and in how many sentences';
