-- Grain: an entity x a form of its name. All of one entity lie together.
-- Reads: published.entity_alias. Writes: entity_alias.

insert into entity_alias by name
select *
from published.entity_alias
order by entity_key, alias;
