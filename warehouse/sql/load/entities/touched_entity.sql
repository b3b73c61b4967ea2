-- Grain: an entity, as often as it was touched.
-- Reads: nothing. Writes: temporary touched_entity, empty unless this connection loaded something.

create temp table if not exists touched_entity (entity_key bigint);
