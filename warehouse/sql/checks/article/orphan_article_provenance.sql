-- Protects: every document that an article was read from belongs to a content of an article that is there, and every
-- content was read from a document. (Documents that were loaded before provenance was kept have none.)
-- Returns: the documents without an article.

select
    provenance.article_id,
    provenance.content_hash,
    provenance.ingested_uri
from article_provenance as provenance
anti join article_observation as observation
    on provenance.article_id = observation.article_id and provenance.content_hash = observation.content_hash;
