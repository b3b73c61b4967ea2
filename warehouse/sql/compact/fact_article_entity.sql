-- Grain: a version of an article x an entity. All of one entity lie together, in the order of days.
-- Once a stripe. Reads: published.fact_article_entity. Writes: fact_article_entity.

insert into fact_article_entity by name
select *
from published.fact_article_entity
where entity_key >> 60 = $stripe
order by entity_key, published_date_key, article_key;
