-- Which countries make it into headlines?
-- A headline is part of one version: a later one may have another.

select
    entity.name,
    count(*) as article_count,
    count(distinct named.story_key) as story_count
from fact_article_entity as named
inner join dim_entity as entity on named.entity_key = entity.entity_key
where named.is_in_headline and entity.country_code is not null and named.is_current_version and not entity.is_hidden
group by entity.name
order by entity.name
