-- Protects: every alias belongs to an entity, and every entity that is mentioned has at least one.
-- Returns: the aliases and the entities alone.

select
    form.entity_key,
    'no entity' as problem
from entity_alias as form
anti join dim_entity as entity on form.entity_key = entity.entity_key
union all
select
    entity.entity_key,
    'no alias' as problem
from dim_entity as entity
anti join entity_alias as form on entity.entity_key = form.entity_key
where entity.entity_key >= 0 and entity.article_count > 0;
