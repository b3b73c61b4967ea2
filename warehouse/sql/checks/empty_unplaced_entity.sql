-- Protects: no entity that changed was left without being asked for its place again.
-- Returns: the entities that were.

select entity_key
from unplaced_entity;
