-- Grain: a name that asks x a name it may stand for, of which more has to be known.
-- Reads: wanted_pair, paired_mention. Writes: temporary pair_company: the articles that have both, and no more yet.

create or replace temp table pair_company as
with shared_article as (
    select
        pair.observed_key,
        pair.candidate_key,
        count(*) as shared_article_count
    from wanted_pair as pair
    inner join paired_mention as own on pair.observed_key = own.observed_key
    inner join paired_mention as other
        on pair.candidate_key = other.observed_key and own.article_key = other.article_key
    group by pair.observed_key, pair.candidate_key
)

select
    pair.observed_key,
    pair.candidate_key,
    cast(coalesce(shared_article.shared_article_count, 0) as integer) as shared_article_count,
    cast(null as integer) as companion_count,
    cast(null as integer) as candidate_companion_count,
    cast(null as integer) as shared_companion_count
from wanted_pair as pair
left join shared_article
    on pair.observed_key = shared_article.observed_key and pair.candidate_key = shared_article.candidate_key;
