-- Grain: an observed name of an entity that has to be decided anew.
-- Reads: entity_group, resolution_link, resolution_decision, human_decision, observed_entity, outdated_decision.
-- Writes: nothing. A name that stands for itself, as it did, and that no link and no person brings together with
-- another need not be asked: more articles do not change whom it means.

with linked as (
    select observed_key
    from resolution_link
    where article_key = -2
    union
    select linked_key
    from resolution_link
    where article_key = -2
),

chosen as (
    select observed.observed_key
    from human_decision as decision
    cross join unnest([decision.entity_id, decision.target_id, decision.part_id]) as named (observed_id)
    inner join observed_entity as observed on named.observed_id = observed.observed_id
),

held as materialized (
    select
        observed_key,
        entity_key,
        linked_key,
        rule
    from resolution_decision
    where article_key < 0 and observed_key in (select entity_group.observed_key from entity_group)
),

alone as (
    select held.observed_key
    from held
    anti join linked on held.observed_key = linked.observed_key
    anti join chosen on held.observed_key = chosen.observed_key
    where
        held.entity_key = held.observed_key
        and held.linked_key = held.observed_key
        and held.rule = 'own_name'
        and not exists (select 1 from outdated_decision)
)

select
    entity_group.observed_key,
    entity_group.entity_type,
    entity_group.name_key,
    entity_group.article_count
from entity_group
anti join alone on entity_group.observed_key = alone.observed_key
order by entity_group.observed_key;
