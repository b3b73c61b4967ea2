-- Grain: a name that asks x another that is spelt much like it.
-- Reads: wanted_pair, pair_company. Writes: observed_company: what was counted of a batch, in place of what was known.

create or replace temp table counted_company as
select
    company.observed_key,
    company.candidate_key as near_key,
    company.companion_count as least_companion_count,
    company.shared_companion_count as most_shared_companion_count
from pair_company as company
inner join wanted_pair as wanted
    on company.observed_key = wanted.observed_key and company.candidate_key = wanted.candidate_key
where list_contains(wanted.kinds, 'spelling');

update observed_company
set
    least_companion_count = counted.least_companion_count,
    most_shared_companion_count = counted.most_shared_companion_count
from counted_company as counted
where observed_company.observed_key = counted.observed_key and observed_company.near_key = counted.near_key;

insert into observed_company by name
select *
from counted_company as counted
anti join observed_company as known
    on counted.observed_key = known.observed_key and counted.near_key = known.near_key;

drop table counted_company;
