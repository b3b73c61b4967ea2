-- Grain: a name that asks x a name it may stand for, of which more has to be known.
-- Reads: wanted_pair, paired_mention, pair_company, fact_entity_mention. Writes: pair_company: the names that are
-- beside the asker, and beside both; with $is_whole those beside the other, too, where it may be a form of a person's
-- name.
-- A candidate may be in every tenth article, beside half of all names: so of its companions only those are looked for
-- that the asker has, and all are counted only where a rule compares the two numbers.

create or replace temp table asker_companion as
select distinct
    held.observed_key,
    beside.observed_key as companion_key
from paired_mention as held
semi join wanted_pair on held.observed_key = wanted_pair.observed_key
inner join fact_entity_mention as beside on held.article_key = beside.article_key
where beside.observed_key <> held.observed_key;

create or replace temp table needed_companion as
select distinct
    pair.candidate_key,
    own.companion_key
from wanted_pair as pair
inner join asker_companion as own on pair.observed_key = own.observed_key;

create or replace temp table candidate_companion as
select distinct
    held.observed_key as candidate_key,
    beside.observed_key as companion_key
from paired_mention as held
inner join fact_entity_mention as beside on held.article_key = beside.article_key
semi join needed_companion as needed
    on held.observed_key = needed.candidate_key and beside.observed_key = needed.companion_key
where beside.observed_key <> held.observed_key;

create or replace temp table person_companion_count as
with person as (
    select distinct candidate_key
    from wanted_pair
    where $is_whole and list_contains(kinds, 'person')
)

select
    held.observed_key as candidate_key,
    count(distinct beside.observed_key) as companion_count
from paired_mention as held
semi join person on held.observed_key = person.candidate_key
inner join fact_entity_mention as beside on held.article_key = beside.article_key
where beside.observed_key <> held.observed_key
group by held.observed_key;

create or replace temp table pair_company as
with own_count as (
    select
        observed_key,
        count(*) as companion_count
    from asker_companion
    group by observed_key
),

shared_companion as (
    select
        pair.observed_key,
        pair.candidate_key,
        count(*) as shared_companion_count
    from wanted_pair as pair
    inner join asker_companion as own on pair.observed_key = own.observed_key
    inner join candidate_companion as other
        on pair.candidate_key = other.candidate_key and own.companion_key = other.companion_key
    group by pair.observed_key, pair.candidate_key
)

select
    pair.observed_key,
    pair.candidate_key,
    held.shared_article_count,
    cast(coalesce(own_count.companion_count, 0) as integer) as companion_count,
    case
        when $is_whole and list_contains(pair.kinds, 'person')
            then cast(coalesce(person.companion_count, 0) as integer)
    end as candidate_companion_count,
    cast(coalesce(shared_companion.shared_companion_count, 0) as integer) as shared_companion_count
from wanted_pair as pair
inner join pair_company as held
    on pair.observed_key = held.observed_key and pair.candidate_key = held.candidate_key
left join own_count on pair.observed_key = own_count.observed_key
left join person_companion_count as person on pair.candidate_key = person.candidate_key
left join shared_companion
    on pair.observed_key = shared_companion.observed_key and pair.candidate_key = shared_companion.candidate_key;

drop table asker_companion;

drop table needed_companion;

drop table candidate_companion;

drop table person_companion_count;
