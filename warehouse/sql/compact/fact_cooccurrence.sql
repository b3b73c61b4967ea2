-- Grain: a version of an article x two entities. In squares: an entity is the first of some of its pairs and the second
-- of others, and both have to be found. So the 63 bits of each key are cut into 8 stripes, and the pairs of two
-- stripes lie together: what a question reads is a quarter of what it is in the order of the first alone, and the table
-- is larger by 60 %, since there are fewer runs of equal values (figures: tests/benchmarks/README.md).
-- Once a stripe. Reads: published.fact_cooccurrence. Writes: fact_cooccurrence.

insert into fact_cooccurrence by name
select *
from published.fact_cooccurrence
where entity_key_a >> 60 = $stripe
order by entity_key_b >> 60, entity_key_a, published_date_key, article_key, entity_key_b;
