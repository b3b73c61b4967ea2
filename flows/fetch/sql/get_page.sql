-- The page of one URL. Reads page.
select
    url,
    etag,
    last_modified,
    final_url,
    fetched_at,
    status,
    failure_count,
    raw_hash,
    kind
from page
where url = :url;
