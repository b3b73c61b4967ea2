-- Grain: a sight of one of the articles wanted.
-- Reads: wanted_article, article_observation. Writes: nothing.

select known.*
from article_observation as known
semi join wanted_article as wanted on known.article_id = wanted.article_id
order by
    known.article_id,
    known.content_hash,
    known.published_at,
    known.modified_at,
    known.ingested_at,
    known.ingested_uri;
