-- Grain: an observed name of an entity that has to be decided anew.
-- Reads: entity_group. Writes: nothing.

select
    observed_key,
    entity_type,
    name_key,
    article_count
from entity_group
order by observed_key;
