-- Protects: a row of article_provenance is a document that a content of an article was read from.
-- Returns: the documents that are there twice.

select
    article_id,
    content_hash,
    ingested_uri,
    raw_hash,
    count(*) as row_count
from article_provenance
group by all
having count(*) > 1;
