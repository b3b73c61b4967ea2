-- Grain: an entity.
-- Reads: text_target, incoming_mention, dim_entity. Writes: dim_entity: those it does not have. The name is settled
-- later, over all mentions (entities/dim_entity.sql); type and country follow from entity_id.

insert into dim_entity (entity_key, entity_id, name, entity_type, country_code, place_key, is_hidden)
select
    incoming.entity_key,
    min(incoming.entity_id) as entity_id,
    min(incoming.full_name) as full_name,
    min(incoming.entity_type) as entity_type,
    min(incoming.country_code) as country_code,
    -1 as place_key,
    false as is_hidden
from incoming_mention as incoming
semi join text_target on incoming.text_hash = text_target.text_hash
anti join dim_entity on incoming.entity_key = dim_entity.entity_key
group by incoming.entity_key;
