-- Grain: an entity, as often as it was touched.
-- Reads: nothing. Writes: temporary touched_entity: the entities are settled.

delete from touched_entity;
