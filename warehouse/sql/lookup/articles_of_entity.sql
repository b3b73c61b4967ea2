-- Grain: an article that names an entity.
-- Reads: dim_entity, fact_entity_mention, dim_article. Writes: nothing.

select
    article.article_id,
    max_by(article.headline, article.version) as headline
from dim_entity as entity
inner join fact_entity_mention as mention on entity.entity_key = mention.entity_key
inner join dim_article as article on mention.article_key = article.article_key
where entity.entity_id = $entity_id and $article in (article.article_id, article.external_id)
group by article.article_id
order by article.article_id;
