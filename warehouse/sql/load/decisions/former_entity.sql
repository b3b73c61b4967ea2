-- Grain: an entity.
-- Reads: dim_entity. Writes: temporary former_entity: what entities are now, to tell later what changed.

create or replace temp table former_entity as
select
    entity_key,
    entity_id,
    name,
    entity_type,
    is_hidden,
    external_id,
    article_count
from dim_entity
where entity_key >= 0;
