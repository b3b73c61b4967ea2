-- Grain: an ambiguous name x an article that has it x a candidate with which the article shares companions, where those
-- of some candidate weigh $least_weight or more.
-- Reads: ambiguous_candidate, fact_entity_mention. Writes: nothing.
-- A companion weighs one divided by the number of candidates it is beside: whom all know tells nothing. Of what a
-- candidate is beside in all articles only that is kept which some article with the name has, too.

with candidate as (
    select *
    from ambiguous_candidate
    where batch_number = $batch_number
),

doubtful as (
    select distinct
        mention.observed_key,
        mention.article_key
    from fact_entity_mention as mention
    semi join candidate on mention.observed_key = candidate.observed_key
),

doubtful_company as (
    select distinct
        doubtful.observed_key,
        doubtful.article_key,
        beside.observed_key as companion_key
    from doubtful
    inner join fact_entity_mention as beside on doubtful.article_key = beside.article_key
    where beside.observed_key <> doubtful.observed_key
),

telling_company as (
    select *
    from doubtful_company
    qualify count(*) over (partition by observed_key, article_key) >= $least_weight
),

held as (
    select distinct
        mention.observed_key,
        mention.article_key
    from fact_entity_mention as mention
    where mention.observed_key in (select candidate.candidate_key from candidate)
),

needed as (
    select distinct
        candidate.candidate_key,
        telling_company.companion_key
    from candidate
    inner join telling_company on candidate.observed_key = telling_company.observed_key
),

company as (
    select distinct
        held.observed_key as candidate_key,
        beside.observed_key as companion_key
    from held
    inner join fact_entity_mention as beside on held.article_key = beside.article_key
    semi join needed on held.observed_key = needed.candidate_key and beside.observed_key = needed.companion_key
    where beside.observed_key <> held.observed_key
),

weighed as (
    select
        candidate.observed_key,
        candidate.candidate_key,
        candidate.candidate_name,
        company.companion_key,
        1 / count(*) over (partition by candidate.observed_key, company.companion_key) as weight
    from candidate
    inner join company on candidate.candidate_key = company.candidate_key
),

shared as (
    select
        telling_company.observed_key,
        telling_company.article_key,
        weighed.candidate_key,
        weighed.candidate_name,
        cast(count(*) as integer) as shared_companion_count,
        round(sum(weighed.weight), 6) as weight
    from telling_company
    inner join weighed
        on telling_company.observed_key = weighed.observed_key and telling_company.companion_key = weighed.companion_key
    group by all
)

select *
from shared
qualify max(weight) over (partition by observed_key, article_key) >= $least_weight;
