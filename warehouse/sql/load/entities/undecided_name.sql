-- Grain: an observed name without a decision.
-- Reads: observed_entity, added_name, resolution_decision. Writes: touched_name: these.

create or replace temp table undecided_name as
with new_name as (
    select observed_key
    from observed_entity
    where observed_key in (select added_name.observed_key from added_name)
)

select new_name.observed_key
from new_name
anti join resolution_decision as decision
    on new_name.observed_key = decision.observed_key and decision.article_key < 0;

-- These are all, unless names were loaded and never resolved. That is counted: to look for every name among the
-- decisions takes twenty times as long.
create or replace temp table forgotten_name as
with named as (
    select count(*) as name_count
    from observed_entity
),

decided as (
    select count(*) as decided_count
    from resolution_decision
    where article_key < 0
),

undecided as (
    select count(*) as undecided_count
    from undecided_name
)

select named.name_count - decided.decided_count - undecided.undecided_count as forgotten_count
from named
cross join decided
cross join undecided
where named.name_count <> decided.decided_count + undecided.undecided_count;

create or replace temp table asked_name as
select observed_key
from observed_entity
where exists (select 1 from forgotten_name);

insert into touched_name
select observed_key
from undecided_name
union
select asked.observed_key
from asked_name as asked
anti join resolution_decision as decision
    on asked.observed_key = decision.observed_key and decision.article_key < 0;

drop table undecided_name;

drop table forgotten_name;

drop table asked_name;
