-- Grain: two entities. In squares, as fact_cooccurrence.
-- Reads: published.pair_total. Writes: pair_total.

insert into pair_total by name
select *
from published.pair_total
order by entity_key_a >> 58, entity_key_b >> 58, entity_key_a, entity_key_b;
