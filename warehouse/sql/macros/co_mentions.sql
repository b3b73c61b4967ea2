-- The articles that name two entities, also where those meet in one article only.
-- Reads: dim_entity, fact_article_entity, fact_cooccurrence, fact_article, dim_article, dim_source.
-- Defines: co_mentions(name_one, name_other).

create or replace macro co_mentions(name_one, name_other) as table
with wanted as (
    select
        one.entity_key as key_one,
        other.entity_key as key_other
    from dim_entity as one
    inner join dim_entity as other on one.entity_key <> other.entity_key
    where one.name = name_one and other.name = name_other and not one.is_hidden and not other.is_hidden
),

both_named as (
    select
        held.article_key,
        wanted.key_one,
        wanted.key_other
    from wanted
    inner join fact_article_entity as held on wanted.key_one = held.entity_key
    inner join fact_article_entity as beside
        on wanted.key_other = beside.entity_key and held.article_key = beside.article_key
),

met as (
    select
        pair.article_key,
        max(pair.sentence_count) as sentence_count
    from fact_cooccurrence as pair
    inner join wanted
        on
            pair.entity_key_a = least(wanted.key_one, wanted.key_other)
            and pair.entity_key_b = greatest(wanted.key_one, wanted.key_other)
    group by pair.article_key
)

select
    fact.article_key,
    fact.story_key,
    cast(fact.published_at as date) as published_date,
    outlet.name as source_name,
    article.headline,
    article.url,
    fact.is_duplicate,
    cast(coalesce(met.sentence_count, 0) as integer) as sentence_count
from (select distinct both_named.article_key from both_named) as named
inner join fact_article as fact on named.article_key = fact.article_key
inner join dim_article as article on named.article_key = article.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
left join met on named.article_key = met.article_key
where fact.is_current_version
order by published_date asc, fact.article_key asc;

comment on macro table co_mentions is
'co_mentions(''India'', ''Russia''): the articles that name both, and how many of their sentences do; count story_key '
'for stories';
