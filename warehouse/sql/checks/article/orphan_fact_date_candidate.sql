-- Protects: every date belongs to a version that is there, and every date of a content is that of each of its versions.
-- Returns: the dates without a version, and those that a version lacks.

select
    candidate.article_key,
    candidate.method,
    candidate.raw_text
from fact_date_candidate as candidate
anti join fact_article as fact on candidate.article_key = fact.article_key
union all
select
    article.article_key,
    known.method,
    known.raw_text
from dim_article as article
inner join article_date as known
    on article.article_id = known.article_id and article.content_hash = known.content_hash
anti join fact_date_candidate as candidate
    on
        article.article_key = candidate.article_key
        and known.method = candidate.method
        and known.raw_text = candidate.raw_text
        and known.candidate_at is not distinct from candidate.candidate_at;
