-- Grain: a name that several could be meant by, of which all articles are compared.
-- Reads: ambiguous_candidate, observed_candidate, resolution_decision, outdated_decision, observed_entity, near_name,
-- dim_date. Writes: temporary date_month (a month by its number, all that is not dated in one), near_month (each name
-- that several could be meant by, with the months of the articles of it that are compared) and recompared_name.
-- Company tells within a month and those beside it. So a name with the candidates it had is looked at near what came or
-- went of it, of them and of those that it had, alone; a candidate without a decision is a new name, of which all is
-- near, and so was all of one that is gone. What other code decided may rest on company of any time.

create or replace temp table date_month as
select
    date_key,
    cast(year as integer) * 12 + month as month_number
from dim_date;

create or replace temp table near_month as
with compared as (
    select
        observed_key,
        candidate_key as compared_key
    from ambiguous_candidate
    union
    select
        observed_key,
        candidate_key as compared_key
    from observed_candidate
    where observed_key in (select ambiguous_candidate.observed_key from ambiguous_candidate)
    union
    select
        observed_key,
        observed_key as compared_key
    from ambiguous_candidate
),

changed_month as (
    select distinct
        compared.observed_key,
        date_month.month_number
    from compared
    inner join near_name on compared.compared_key = near_name.observed_key
    inner join date_month on near_name.published_date_key = date_month.date_key
),

around as (
    select unnest([-1, 0, 1]) as months
)

select distinct
    changed_month.observed_key,
    changed_month.month_number + around.months as month_number
from changed_month
cross join around;

create or replace temp table unmatched_candidate as
with held as (
    select *
    from observed_candidate
    where observed_key in (select ambiguous_candidate.observed_key from ambiguous_candidate)
)

select
    given.observed_key,
    given.candidate_key,
    true as is_given
from ambiguous_candidate as given
anti join held on given.observed_key = held.observed_key and given.candidate_key = held.candidate_key
union all
select
    held.observed_key,
    held.candidate_key,
    false as is_given
from held
anti join ambiguous_candidate as given
    on held.observed_key = given.observed_key and held.candidate_key = given.candidate_key;

create or replace temp table recompared_name as
with decided as (
    select observed_key
    from resolution_decision
    where observed_key in (select unmatched_candidate.candidate_key from unmatched_candidate)
),

present as (
    select observed_key
    from observed_entity
    where observed_key in (select unmatched_candidate.candidate_key from unmatched_candidate)
)

select unmatched.observed_key
from unmatched_candidate as unmatched
semi join decided on unmatched.candidate_key = decided.observed_key
where unmatched.is_given
union
select unmatched.observed_key
from unmatched_candidate as unmatched
semi join present on unmatched.candidate_key = present.observed_key
where not unmatched.is_given
union
select observed_key
from ambiguous_candidate
where exists (select 1 from outdated_decision);

drop table unmatched_candidate;
