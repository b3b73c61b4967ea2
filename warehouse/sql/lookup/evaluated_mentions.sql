-- Grain: a mention in the current version of an article.
-- Reads: fact_entity_mention, dim_article, dim_entity. Writes: nothing.

select
    article.external_id,
    mention.field,
    mention.start_char,
    mention.end_char,
    entity.entity_type,
    mention.entity_key
from fact_entity_mention as mention
inner join dim_article as article on mention.article_key = article.article_key
inner join dim_entity as entity on mention.entity_key = entity.entity_key
where article.is_current
order by article.external_id, mention.field, mention.start_char;
