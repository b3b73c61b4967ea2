-- Grain: an entity that may be a place, and has to be placed.
-- Reads: unplaced_entity, dim_entity. Writes: temporary asked_entity.

create or replace temp table asked_entity as
select
    entity_key,
    name,
    country_code
from dim_entity
where
    entity_key >= 0
    and entity_key in (select unplaced_entity.entity_key from unplaced_entity)
    and entity_type in ('GPE', 'LOC');
