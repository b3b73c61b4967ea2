-- Grain: an observed name.
-- Reads: decided_name, human_decision, observed_entity, resolution_decision. Writes: relinked_name: the names that
-- decisions were on or are on, whose entities are gathered anew, too.

insert into relinked_name
select decided.observed_key
from decided_name as decided
semi join observed_entity as observed on decided.observed_key = observed.observed_key
union
select observed.observed_key
from human_decision as decision
cross join unnest([decision.entity_id, decision.target_id, decision.part_id]) as named (observed_id)
inner join observed_entity as observed on named.observed_id = observed.observed_id
union
select observed.observed_key
from observed_entity as observed
anti join resolution_decision as held on observed.observed_key = held.observed_key
where observed.is_made;
