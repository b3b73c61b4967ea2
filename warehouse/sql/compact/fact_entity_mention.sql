-- Grain: a span of a version of an article. All of one entity lie together, in the order of days.
-- Once a stripe. Reads: published.fact_entity_mention. Writes: fact_entity_mention.

insert into fact_entity_mention by name
select *
from published.fact_entity_mention
where entity_key >> 60 = $stripe
order by entity_key, published_date_key, article_key, field, start_char;
