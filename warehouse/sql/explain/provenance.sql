-- Grain: a document that the article of a version was read from, whatever its content; those of the version first.
-- Reads: dim_article, article_provenance. Writes: nothing.

select
    provenance.raw_hash,
    provenance.external_id,
    provenance.media_type,
    provenance.reader,
    provenance.ingested_uri,
    provenance.ingested_final_uri,
    provenance.ingested_offset,
    provenance.ingested_at,
    provenance.content_hash = given.content_hash as is_of_version
from dim_article as given
inner join article_provenance as provenance on given.article_id = provenance.article_id
where given.article_key = $article_key
order by is_of_version desc, provenance.ingested_at asc, provenance.raw_hash asc, provenance.ingested_uri asc;
