-- Protects: every date belongs to a content of an article that is there.
-- Returns: the dates without an article.

select
    known.article_id,
    known.content_hash,
    known.method,
    known.raw_text
from article_date as known
anti join article_observation as observation
    on known.article_id = observation.article_id and known.content_hash = observation.content_hash;
