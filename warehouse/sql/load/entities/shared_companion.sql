-- Grain: a name that asks x a name it may stand for.
-- Reads: wanted_pair, paired_mention, pair_company, fact_entity_mention. Writes: pair_company: of the pairs of which
-- more has to be known the names that are beside the asker, and beside both; with $is_whole those beside the other,
-- too, where it may be a form of a person's name. What is known is not counted again.
-- A candidate may be in every tenth article, beside half of all names: so of its companions only those are looked for
-- that the asker has, and all are counted only where a rule compares the two numbers.

create or replace temp table unmet_pair as
select
    company.observed_key,
    company.candidate_key
from pair_company as company
semi join wanted_pair as wanted
    on company.observed_key = wanted.observed_key and company.candidate_key = wanted.candidate_key
where company.shared_companion_count is null;

-- The articles of either side stand in a table of their own, of which it is known that it is short.
create or replace temp table asker_mention as
select held.*
from paired_mention as held
semi join unmet_pair on held.observed_key = unmet_pair.observed_key;

create or replace temp table candidate_mention as
select held.*
from paired_mention as held
semi join unmet_pair on held.observed_key = unmet_pair.candidate_key;

create or replace temp table asker_companion as
select distinct
    held.observed_key,
    beside.observed_key as companion_key
from asker_mention as held
inner join fact_entity_mention as beside on held.article_key = beside.article_key
where beside.observed_key <> held.observed_key;

create or replace temp table own_count as
select
    observed_key,
    cast(count(*) as integer) as companion_count
from asker_companion
group by observed_key;

create or replace temp table needed_companion as
select
    pair.observed_key,
    pair.candidate_key,
    own.companion_key
from unmet_pair as pair
inner join asker_companion as own on pair.observed_key = own.observed_key
where own.companion_key <> pair.candidate_key;

drop table asker_companion;

create or replace temp table candidate_companion as
select distinct
    held.observed_key as candidate_key,
    beside.observed_key as companion_key
from candidate_mention as held
inner join fact_entity_mention as beside on held.article_key = beside.article_key
semi join needed_companion as needed
    on held.observed_key = needed.candidate_key and beside.observed_key = needed.companion_key;

create or replace temp table shared_count as
select
    needed.observed_key,
    needed.candidate_key,
    cast(count(*) as integer) as companion_count
from needed_companion as needed
semi join candidate_companion as other
    on needed.candidate_key = other.candidate_key and needed.companion_key = other.companion_key
group by needed.observed_key, needed.candidate_key;

drop table needed_companion;

drop table candidate_companion;

update pair_company
set
    companion_count = met.companion_count,
    shared_companion_count = met.shared_companion_count
from (
    select
        unmet.observed_key,
        unmet.candidate_key,
        coalesce(own_count.companion_count, 0) as companion_count,
        coalesce(shared_count.companion_count, 0) as shared_companion_count
    from unmet_pair as unmet
    left join own_count on unmet.observed_key = own_count.observed_key
    left join shared_count
        on unmet.observed_key = shared_count.observed_key and unmet.candidate_key = shared_count.candidate_key
) as met
where pair_company.observed_key = met.observed_key and pair_company.candidate_key = met.candidate_key;

create or replace temp table person_pair as
select
    company.observed_key,
    company.candidate_key
from pair_company as company
inner join wanted_pair as wanted
    on company.observed_key = wanted.observed_key and company.candidate_key = wanted.candidate_key
where $is_whole and list_contains(wanted.kinds, 'person') and company.candidate_companion_count is null;

create or replace temp table person_mention as
select held.*
from paired_mention as held
semi join person_pair on held.observed_key = person_pair.candidate_key;

create or replace temp table person_count as
select
    held.observed_key,
    cast(count(distinct beside.observed_key) as integer) as companion_count
from person_mention as held
inner join fact_entity_mention as beside on held.article_key = beside.article_key
where beside.observed_key <> held.observed_key
group by held.observed_key;

update pair_company
set candidate_companion_count = met.companion_count
from (
    select
        pair.observed_key,
        pair.candidate_key,
        coalesce(person_count.companion_count, 0) as companion_count
    from person_pair as pair
    left join person_count on pair.candidate_key = person_count.observed_key
) as met
where pair_company.observed_key = met.observed_key and pair_company.candidate_key = met.candidate_key;

drop table unmet_pair;

drop table asker_mention;

drop table candidate_mention;

drop table own_count;

drop table shared_count;

drop table person_pair;

drop table person_mention;

drop table person_count;
