-- Grain: an entity that may be a place.
-- Reads: dim_entity. Writes: nothing.

select
    entity_key,
    name,
    country_code
from dim_entity
where entity_type in ('GPE', 'LOC') and entity_key >= 0
order by entity_key;
