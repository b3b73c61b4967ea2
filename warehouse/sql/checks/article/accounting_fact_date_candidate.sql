-- Protects: published_at is explained by one date that was chosen, and no date is chosen where it is unknown.
-- Returns: the versions with another number of chosen dates, or with one that says something else.

select
    fact.article_key,
    fact.published_at,
    count(candidate.article_key) as chosen_count,
    max(candidate.candidate_at) as candidate_at
from fact_article as fact
left join fact_date_candidate as candidate
    on fact.article_key = candidate.article_key and candidate.is_chosen
group by fact.article_key, fact.published_at
having
    count(candidate.article_key) <> case when fact.published_at is null then 0 else 1 end
    or max(candidate.candidate_at) is distinct from fact.published_at;
