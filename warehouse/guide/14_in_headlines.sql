-- Which countries make it into headlines?
-- A headline is part of one version: a later one may have another.

select
    entity.name,
    count(*) as article_count,
    count(distinct fact.story_key) as story_count
from fact_article_entity as named
inner join dim_entity as entity on named.entity_key = entity.entity_key
inner join fact_article as fact on named.article_key = fact.article_key
where named.is_in_headline and entity.country_code is not null and fact.is_current and not entity.is_hidden
group by entity.name
order by entity.name
