-- Grain: an entity.
-- Reads: fact_entity_mention, dim_article, dim_entity. Writes: nothing.
-- Current versions of articles only, so that an update does not count twice.

select
    entity.name,
    entity.entity_type,
    count(*) as mention_count,
    count(distinct mention.article_key) as article_count
from fact_entity_mention as mention
inner join dim_article as article on mention.article_key = article.article_key
inner join dim_entity as entity on mention.entity_key = entity.entity_key
where article.is_current and not entity.is_hidden
group by mention.entity_key, entity.name, entity.entity_type
order by mention_count desc, entity.name asc, entity.entity_type asc
limit $row_limit;
