-- How much of what each outlet published is about an entity, between two days (UTC), both included. The denominator is
-- the articles of that outlet and time that name anybody, not all articles: texts in languages that the model does not
-- read name nobody. An outlet that never names the entity is there, with 0.
-- Reads: dim_entity, fact_article_entity, fact_article, dim_article, dim_source.
-- Defines: coverage_share(entity_name, from_date, to_date).

create or replace macro coverage_share(entity_name, from_date, to_date) as table
with printed as (
    select
        fact.article_key,
        fact.story_key,
        outlet.source_id
    from fact_article as fact
    inner join dim_article as article on fact.article_key = article.article_key
    inner join dim_source as outlet on fact.source_key = outlet.source_key
    where
        article.is_current
        and fact.mention_count > 0
        and cast(fact.published_at as date) between cast(from_date as date) and cast(to_date as date)
),

naming as (
    select distinct held.article_key
    from fact_article_entity as held
    inner join dim_entity as entity on held.entity_key = entity.entity_key
    where entity.name = entity_name and not entity.is_hidden
)

select
    outlet.source_id,
    outlet.name as source_name,
    count(naming.article_key) as article_count,
    count(distinct printed.story_key) filter (naming.article_key is not null) as story_count,
    count(*) as named_article_count,
    count(naming.article_key) / count(*) as article_ratio
from printed
inner join dim_source as outlet on printed.source_id = outlet.source_id and outlet.is_current
left join naming on printed.article_key = naming.article_key
group by outlet.source_id, outlet.name
order by article_ratio desc, outlet.source_id asc;

comment on macro table coverage_share is
'coverage_share(''Russia'', ''2022-01-01'', ''2022-12-31''): for each outlet, its articles of these days that name the '
'entity, those that name anybody, and the share';
