-- Which countries are written about in more than one story?
-- Stories before articles: a wire report that many print says little about where news is. Stories do not add up over
-- outlets.

select
    entity.country_code,
    count(*) as article_count,
    count(distinct named.story_key) as story_count
from fact_article_entity as named
inner join dim_entity as entity on named.entity_key = entity.entity_key
where entity.country_code is not null and named.is_current_version and not entity.is_hidden
group by entity.country_code
having story_count > 1
order by story_count desc, entity.country_code asc
