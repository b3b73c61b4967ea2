-- Grain: a name that asks x a name it may stand for, of one batch of those that are not decided yet.
-- Reads: undecided_batch, fact_entity_mention. Writes: temporary name_pair; pair_company: what is known of them;
-- wanted_pair: those of which more has to be known, with $is_whole all; paired_name, paired_mention: the names of
-- these, and the articles that have one. The names of a step are mostly those of the step before, so that only others
-- are looked for.

create or replace temp table name_pair as
select
    observed_key,
    candidate_key,
    kinds,
    alias_article_count
from undecided_batch
where batch_number = $batch_number;

create or replace temp table pair_company as
select
    observed_key,
    candidate_key,
    shared_article_count,
    companion_count,
    candidate_companion_count,
    shared_companion_count
from undecided_batch
where batch_number = $batch_number;

create or replace temp table wanted_pair as
select
    observed_key,
    candidate_key,
    kinds
from undecided_batch
where batch_number = $batch_number and (is_wanted or $is_whole);

create or replace temp table wanted_name as
select observed_key
from wanted_pair
union
select candidate_key
from wanted_pair;

create or replace temp table unpaired_name as
select wanted.observed_key
from wanted_name as wanted
anti join paired_name as paired on wanted.observed_key = paired.observed_key;

create or replace temp table paired_mention as
select held.*
from paired_mention as held
semi join wanted_name as wanted on held.observed_key = wanted.observed_key
union all
select distinct
    observed_key,
    article_key
from fact_entity_mention
where observed_key in (select unpaired_name.observed_key from unpaired_name);

create or replace temp table paired_name as
select *
from wanted_name;

drop table wanted_name;

drop table unpaired_name;
