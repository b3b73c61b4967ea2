-- Protects: a row of article_date is a date of a content of an article, once a reading.
-- Returns: the rows that are there twice.

select
    article_id,
    content_hash,
    method,
    raw_text,
    candidate_at,
    zone_source,
    count(*) as row_count
from article_date
group by article_id, content_hash, method, raw_text, candidate_at, zone_source
having count(*) > 1;
