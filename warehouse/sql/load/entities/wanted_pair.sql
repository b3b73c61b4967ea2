-- Grain: a name that asks x a name it may stand for, of one batch of those that are not decided yet.
-- Reads: undecided_batch, fact_entity_mention. Writes: temporary name_pair; wanted_pair: those of which more has to be
-- known, with $is_whole all; paired_mention: the articles of either name of these.

create or replace temp table name_pair as
select * exclude (batch_number, is_wanted)
from undecided_batch
where batch_number = $batch_number;

create or replace temp table wanted_pair as
select
    observed_key,
    candidate_key,
    kinds
from undecided_batch
where batch_number = $batch_number and (is_wanted or $is_whole);

create or replace temp table paired_mention as
select distinct
    observed_key,
    article_key
from fact_entity_mention
where
    observed_key in (
        select wanted_pair.observed_key
        from wanted_pair
        union
        select wanted_pair.candidate_key
        from wanted_pair
    );
