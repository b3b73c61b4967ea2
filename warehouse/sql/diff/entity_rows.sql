-- What became of entities, most mentions first.
-- Grain: as entity_change.
-- Reads: entity_change. Writes: nothing.

select *
from entity_change
order by mention_count desc, a_entity_id asc, b_entity_id asc
limit $row_limit;
