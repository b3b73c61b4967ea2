-- Grain: a name that asks x a name it may stand for, of one batch of those that are not decided without their company.
-- Reads: undecided_batch, fact_entity_mention. Writes: temporary name_pair, pair_company.
-- A candidate may be in every tenth article, beside half of all names: of its companions only those are looked for that
-- the asker has, and all of them are counted only where a rule compares the two numbers, of forms of a person's name.

create or replace temp table name_pair as
select * exclude (batch_number)
from undecided_batch
where batch_number = $batch_number;

create or replace temp table paired_mention as
select distinct
    observed_key,
    article_key
from fact_entity_mention
where
    observed_key in (
        select name_pair.observed_key
        from name_pair
        union
        select name_pair.candidate_key
        from name_pair
    );

create or replace temp table asker_companion as
select distinct
    held.observed_key,
    beside.observed_key as companion_key
from paired_mention as held
semi join name_pair on held.observed_key = name_pair.observed_key
inner join fact_entity_mention as beside on held.article_key = beside.article_key
where beside.observed_key <> held.observed_key;

create or replace temp table needed_companion as
select distinct
    pair.candidate_key,
    own.companion_key
from name_pair as pair
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
    from name_pair
    where list_contains(kinds, 'person')
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
with shared_article as (
    select
        pair.observed_key,
        pair.candidate_key,
        count(*) as shared_article_count
    from name_pair as pair
    inner join paired_mention as own on pair.observed_key = own.observed_key
    inner join paired_mention as other
        on pair.candidate_key = other.observed_key and own.article_key = other.article_key
    group by pair.observed_key, pair.candidate_key
),

own_count as (
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
    from name_pair as pair
    inner join asker_companion as own on pair.observed_key = own.observed_key
    inner join candidate_companion as other
        on pair.candidate_key = other.candidate_key and own.companion_key = other.companion_key
    group by pair.observed_key, pair.candidate_key
)

select
    pair.observed_key,
    pair.candidate_key,
    cast(coalesce(shared_article.shared_article_count, 0) as integer) as shared_article_count,
    cast(coalesce(own_count.companion_count, 0) as integer) as companion_count,
    case
        when list_contains(pair.kinds, 'person') then cast(coalesce(person.companion_count, 0) as integer)
    end as candidate_companion_count,
    cast(coalesce(shared_companion.shared_companion_count, 0) as integer) as shared_companion_count
from name_pair as pair
left join shared_article
    on pair.observed_key = shared_article.observed_key and pair.candidate_key = shared_article.candidate_key
left join own_count on pair.observed_key = own_count.observed_key
left join person_companion_count as person on pair.candidate_key = person.candidate_key
left join shared_companion
    on pair.observed_key = shared_companion.observed_key and pair.candidate_key = shared_companion.candidate_key;

drop table paired_mention;

drop table asker_companion;

drop table needed_companion;

drop table candidate_companion;

drop table person_companion_count;
