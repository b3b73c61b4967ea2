-- Protects: a row of entity_alias is an entity and a surface form.
-- Returns: the pairs that are there twice.

select
    entity_key,
    alias,
    count(*) as row_count
from entity_alias
group by entity_key, alias
having count(*) > 1;
