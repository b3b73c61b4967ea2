-- Grain: an article that is dated. Reads: chosen. Writes: nothing.

select
    article_id, content_hash, 'jsonld_published' as method,
    strftime(published_at, '%Y-%m-%dT%H:%M:%SZ') as raw_text, published_at as candidate_at,
    'text' as zone_source, true as is_chosen, ingested_at
from chosen where published_at is not null;
