-- Grain: a name that asks x a name it may stand for, of one batch.
-- Reads: name_pair, observed_entity, fact_entity_mention. Writes: nothing.

with pair as (
    select *
    from name_pair
    where batch_number = $batch_number
),

paired as (
    select observed_key
    from pair
    union
    select candidate_key
    from pair
),

held as (
    select distinct
        mention.observed_key,
        mention.article_key
    from fact_entity_mention as mention
    semi join paired on mention.observed_key = paired.observed_key
),

shared_article as (
    select
        pair.observed_key,
        pair.candidate_key,
        count(*) as shared_article_count
    from pair
    inner join held as own on pair.observed_key = own.observed_key
    inner join held as other on pair.candidate_key = other.observed_key and own.article_key = other.article_key
    group by pair.observed_key, pair.candidate_key
),

company as (
    select distinct
        held.observed_key,
        beside.observed_key as companion_key
    from held
    inner join fact_entity_mention as beside on held.article_key = beside.article_key
    where beside.observed_key <> held.observed_key
),

company_size as (
    select
        observed_key,
        count(*) as companion_count
    from company
    group by observed_key
),

shared_company as (
    select
        pair.observed_key,
        pair.candidate_key,
        count(*) as shared_companion_count
    from pair
    inner join company as own on pair.observed_key = own.observed_key
    inner join company as other
        on pair.candidate_key = other.observed_key and own.companion_key = other.companion_key
    group by pair.observed_key, pair.candidate_key
)

select
    pair.observed_key,
    asker.entity_type,
    asker.name_key,
    asker.name,
    asker.country_code,
    asker.article_count,
    pair.candidate_key,
    candidate.entity_type as candidate_type,
    candidate.name_key as candidate_name_key,
    candidate.name as candidate_name,
    candidate.country_code as candidate_country_code,
    candidate.article_count as candidate_article_count,
    pair.kinds,
    pair.alias_article_count,
    cast(coalesce(shared_article.shared_article_count, 0) as integer) as shared_article_count,
    cast(coalesce(own_size.companion_count, 0) as integer) as companion_count,
    cast(coalesce(candidate_size.companion_count, 0) as integer) as candidate_companion_count,
    cast(coalesce(shared_company.shared_companion_count, 0) as integer) as shared_companion_count
from pair
inner join observed_entity as asker on pair.observed_key = asker.observed_key
inner join observed_entity as candidate on pair.candidate_key = candidate.observed_key
left join shared_article
    on pair.observed_key = shared_article.observed_key and pair.candidate_key = shared_article.candidate_key
left join company_size as own_size on pair.observed_key = own_size.observed_key
left join company_size as candidate_size on pair.candidate_key = candidate_size.observed_key
left join shared_company
    on pair.observed_key = shared_company.observed_key and pair.candidate_key = shared_company.candidate_key;
