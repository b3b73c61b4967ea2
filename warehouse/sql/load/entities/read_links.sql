-- Grain: a name that stands for another, or for several, in all articles; of entities that have to be decided anew.
-- Reads: entity_group, resolution_link. Writes: nothing.

select link.*
from resolution_link as link
semi join entity_group on link.observed_key = entity_group.observed_key
where link.article_key = -2
order by link.observed_key;
