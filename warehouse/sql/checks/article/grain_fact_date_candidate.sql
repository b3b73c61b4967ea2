-- Protects: a row of fact_date_candidate is a date of a version, once a reading; what was read has a zone.
-- Returns: the rows that are there twice, or have an instant without a zone, or a zone without an instant.

select
    article_key,
    method,
    raw_text,
    candidate_at,
    zone_source,
    count(*) as row_count
from fact_date_candidate
group by all
having
    count(*) > 1
    or (candidate_at is null) <> (zone_source is null)
    or zone_source not in ('text', 'source', 'assumed');
