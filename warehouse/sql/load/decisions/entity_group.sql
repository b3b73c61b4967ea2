-- Grain: an observed name of an entity that has to be decided anew.
-- Reads: entity_group, former_split, human_decision, resolution_link, resolution_decision, observed_entity.
-- Writes: entity_group: where there are splits, or were, links lead out of an entity, and all names that they lead to
-- are decided together.

create or replace temp table linked_name as
with recursive has_split as (
    select decision
    from former_split
    union
    select decision
    from human_decision
    where decision = 'split'
),

edge as (
    select
        observed_key as near_key,
        linked_key as far_key
    from resolution_link
    cross join has_split
    where article_key = -2
    union
    select
        linked_key as near_key,
        observed_key as far_key
    from resolution_link
    cross join has_split
    where article_key = -2
),

reached as (
    select observed_key
    from entity_group
    union
    select edge.far_key as observed_key
    from reached
    inner join edge on reached.observed_key = edge.near_key
)

select reached.observed_key
from reached
anti join entity_group on reached.observed_key = entity_group.observed_key;

insert into entity_group by name
select observed.*
from observed_entity as observed
semi join linked_name on observed.observed_key = linked_name.observed_key;

drop table linked_name;
