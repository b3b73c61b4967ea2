-- Grain: a date that may tell when a version was published or changed, the one chosen first.
-- Reads: fact_date_candidate. Writes: nothing.

select
    method,
    raw_text,
    candidate_at,
    zone_source,
    is_chosen
from fact_date_candidate
where article_key = $article_key
order by is_chosen desc, method asc, raw_text asc;
