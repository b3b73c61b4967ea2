-- Grain: a name that asks x a name it may stand for.
-- Reads: wanted_pair, paired_mention, pair_company. Writes: pair_company: the articles that have both, of the pairs of
-- which more has to be known and this is not.

create or replace temp table unmet_pair as
select
    company.observed_key,
    company.candidate_key
from pair_company as company
semi join wanted_pair as wanted
    on company.observed_key = wanted.observed_key and company.candidate_key = wanted.candidate_key
where company.shared_article_count is null;

create or replace temp table shared_article as
select
    pair.observed_key,
    pair.candidate_key,
    cast(count(*) as integer) as article_count
from unmet_pair as pair
inner join paired_mention as own on pair.observed_key = own.observed_key
inner join paired_mention as other
    on pair.candidate_key = other.observed_key and own.article_key = other.article_key
group by pair.observed_key, pair.candidate_key;

update pair_company
set shared_article_count = met.article_count
from (
    select
        unmet.observed_key,
        unmet.candidate_key,
        coalesce(shared.article_count, 0) as article_count
    from unmet_pair as unmet
    left join shared_article as shared
        on unmet.observed_key = shared.observed_key and unmet.candidate_key = shared.candidate_key
) as met
where pair_company.observed_key = met.observed_key and pair_company.candidate_key = met.candidate_key;

drop table unmet_pair;

drop table shared_article;
