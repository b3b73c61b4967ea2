-- Protects: a row of dim_entity is an entity, by its key and by its id: two ids never share a key.
-- Returns: the keys and ids that are there twice.

select
    'entity_key' as grain,
    cast(entity_key as varchar) as key_found,
    count(*) as row_count
from dim_entity
group by entity_key
having count(*) > 1
union all
select
    'entity_id' as grain,
    entity_id as key_found,
    count(*) as row_count
from dim_entity
group by entity_id
having count(*) > 1;
