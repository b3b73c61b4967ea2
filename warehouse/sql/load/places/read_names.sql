-- Grain: an entity that may be a place, and has to be placed.
-- Reads: asked_entity. Writes: nothing.

select
    entity_key,
    name,
    country_code
from asked_entity
order by entity_key;
