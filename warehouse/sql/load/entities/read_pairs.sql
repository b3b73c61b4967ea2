-- Grain: a name that asks x a name it may stand for, of one batch.
-- Reads: name_pair, pair_company, affected_name, observed_entity, observed_company. Writes: nothing. Company is null
-- where it was not gathered, and its limits where no load counted it.

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
    company.shared_article_count,
    company.companion_count,
    company.candidate_companion_count,
    company.shared_companion_count,
    known.least_companion_count,
    known.most_shared_companion_count
from name_pair as pair
inner join affected_name as asker on pair.observed_key = asker.observed_key
inner join observed_entity as candidate on pair.candidate_key = candidate.observed_key
left join pair_company as company
    on pair.observed_key = company.observed_key and pair.candidate_key = company.candidate_key
left join observed_company as known
    on pair.observed_key = known.observed_key and pair.candidate_key = known.near_key;
