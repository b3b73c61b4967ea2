-- Grain: an entity.
-- Reads: published.entity_total. Writes: entity_total.

insert into entity_total by name
select *
from published.entity_total
order by entity_key;
