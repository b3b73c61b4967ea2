-- The articles that name two entities, also where those meet in one article only.
-- Reads: dim_entity, fact_article_entity, fact_cooccurrence, fact_article, dim_article, dim_source.
-- Defines: co_mentions(name_one, name_other).

create or replace macro co_mentions(name_one, name_other) as table
with both_named as (
    select
        held.article_key,
        held.entity_key as key_one,
        beside.entity_key as key_other
    from fact_article_entity as held
    inner join dim_entity as one on held.entity_key = one.entity_key and not one.is_hidden
    inner join fact_article_entity as beside
        on held.article_key = beside.article_key and held.entity_key <> beside.entity_key
    inner join dim_entity as other on beside.entity_key = other.entity_key and not other.is_hidden
    where one.name = name_one and other.name = name_other
)

select
    fact.article_key,
    fact.story_key,
    cast(fact.published_at as date) as published_date,
    outlet.name as source_name,
    article.headline,
    article.url,
    fact.is_duplicate,
    cast(coalesce(max(pair.sentence_count), 0) as integer) as sentence_count
from both_named
inner join fact_article as fact on both_named.article_key = fact.article_key
inner join dim_article as article on both_named.article_key = article.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
left join fact_cooccurrence as pair
    on
        both_named.article_key = pair.article_key
        and least(both_named.key_one, both_named.key_other) = pair.entity_key_a
        and greatest(both_named.key_one, both_named.key_other) = pair.entity_key_b
where article.is_current
group by all
order by published_date asc, fact.article_key asc;

comment on macro table co_mentions is
'co_mentions(''India'', ''Russia''): the articles that name both, and how many of their sentences do; count story_key '
'for stories';
