-- Grain: an observed name.
-- Reads: human_decision, observed_entity. Writes: temporary decided_name: the names that decisions kept so far are on;
-- temporary former_split: one row if there are splits among them, else none.

create or replace temp table decided_name as
select distinct observed.observed_key
from human_decision as decision
cross join unnest([decision.entity_id, decision.target_id, decision.part_id]) as named (observed_id)
inner join observed_entity as observed on named.observed_id = observed.observed_id;

create or replace temp table former_split as
select distinct decision
from human_decision
where decision = 'split';
