-- Grain: an observed name.
-- Reads: observed_entity, resolution_decision. Writes: temporary outdated_decision: one row, if any decision was taken
-- by other code; touched_name: every name then; observed_block, observed_spelling, observed_company,
-- observed_candidate: nothing is kept then.

create or replace temp table outdated_decision as
select min(observed_key) as observed_key
from resolution_decision
where resolver_version <> $resolver_version
having count(*) > 0;

delete from observed_block
where exists (select 1 from outdated_decision);

delete from observed_spelling
where exists (select 1 from outdated_decision);

delete from observed_company
where exists (select 1 from outdated_decision);

delete from observed_candidate
where exists (select 1 from outdated_decision);

insert into touched_name
select observed_key
from observed_entity
where exists (select 1 from outdated_decision);
