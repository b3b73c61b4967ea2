-- Grain: an entity. By name, since that is what questions begin with.
-- Reads: published.dim_entity. Writes: dim_entity.

insert into dim_entity by name
select *
from published.dim_entity
order by name, entity_type, entity_key;
