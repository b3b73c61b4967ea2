-- Grain: an observed name.
-- Reads: observed_entity, resolution_decision. Writes: temporary touched_name: every name, if any decision was taken by
-- other code, else those without a decision; observed_block: in the first case none is kept.

create or replace temp table outdated_decision as
select min(observed_key) as observed_key
from resolution_decision
where resolver_version <> $resolver_version
having count(*) > 0;

delete from observed_block
where exists (select 1 from outdated_decision);

-- What was there before this connection is decided: a build decides the names that it brings.
create or replace temp table fresh_name as
select observed_key
from observed_entity
where rowid >= coalesce(getvariable('watermark_observed_entity'), 0);

insert into touched_name
select fresh_name.observed_key
from fresh_name
left join resolution_decision as decision
    on fresh_name.observed_key = decision.observed_key and decision.article_key = -2
where decision.observed_key is null
union
select observed_key
from observed_entity
where exists (select 1 from outdated_decision);

drop table fresh_name;
