-- Grain: an observed name.
-- Reads: observed_entity, resolution_decision. Writes: temporary touched_name: every name, if any decision was taken by
-- other code, else those without a decision; observed_block, observed_spelling, observed_candidate: in the first
-- case nothing is kept.

create or replace temp table outdated_decision as
select min(observed_key) as observed_key
from resolution_decision
where resolver_version <> $resolver_version
having count(*) > 0;

delete from observed_block
where exists (select 1 from outdated_decision);

delete from observed_spelling
where exists (select 1 from outdated_decision);

delete from observed_candidate
where exists (select 1 from outdated_decision);

insert into touched_name
select observed.observed_key
from observed_entity as observed
left join resolution_decision as decision
    on observed.observed_key = decision.observed_key and decision.article_key = -2
where decision.observed_key is null or exists (select 1 from outdated_decision);
