-- Protects: every alias belongs to an entity, and every entity that is mentioned has at least one.
-- Returns: the aliases and the entities alone.

select
    alias.entity_key,
    'no entity' as problem
from entity_alias as alias
anti join dim_entity as entity on alias.entity_key = entity.entity_key
union all
select
    entity.entity_key,
    'no alias' as problem
from dim_entity as entity
anti join entity_alias as alias on entity.entity_key = alias.entity_key
where entity.entity_key >= 0;
