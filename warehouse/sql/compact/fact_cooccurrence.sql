-- Grain: a version of an article x two entities. In squares: an entity is the first of some of its pairs and the second
-- of others, and both have to be found. So the 63 bits of each key are cut into 32 stripes, and the pairs of two stripes
-- lie together.
-- Reads: published.fact_cooccurrence. Writes: fact_cooccurrence.

insert into fact_cooccurrence by name
select *
from published.fact_cooccurrence
order by entity_key_a >> 58, entity_key_b >> 58, entity_key_a, published_date_key, article_key, entity_key_b;
