-- Grain: an entity that has, or had, an id.
-- Reads: entity_redirect, dim_entity. Writes: nothing.

select
    entity.entity_id,
    entity.name,
    entity.entity_type,
    entity.article_count
from entity_redirect as redirect
inner join dim_entity as entity on redirect.current_entity_key = entity.entity_key
where redirect.entity_id = $entity_id;
