-- Grain: an entity that is not what it was.
-- Reads: former_entity, dim_entity. Writes: temporary differing_entity: what it was and what it is, null where it was
-- not, or is no more. All entities are compared here, once; what is asked of the few that differ looks at those.

create or replace temp table differing_entity as
with present_entity as (
    select *
    from dim_entity
    where entity_key >= 0
)

select
    former.entity_key as former_key,
    former.entity_id as former_id,
    former.name as former_name,
    former.entity_type as former_type,
    former.is_hidden as former_is_hidden,
    former.external_id as former_external_id,
    former.article_count as former_article_count,
    present.entity_key,
    present.entity_id,
    present.name,
    present.entity_type,
    present.is_hidden,
    present.external_id,
    present.article_count
from former_entity as former
full join present_entity as present on former.entity_key = present.entity_key
where
    (former.entity_key, former.name, former.entity_type, former.is_hidden, former.external_id)
    is distinct from
    (present.entity_key, present.name, present.entity_type, present.is_hidden, present.external_id);
