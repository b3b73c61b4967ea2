-- A page came. Writes page.
insert into page (url, etag, last_modified, final_url, fetched_at, status, failure_count, raw_hash, kind)
values (:url, :etag, :last_modified, :final_url, :fetched_at, 'fetched', 0, :raw_hash, :kind)
on conflict (url) do update set
    etag = excluded.etag,
    last_modified = excluded.last_modified,
    final_url = excluded.final_url,
    fetched_at = excluded.fetched_at,
    status = excluded.status,
    failure_count = 0,
    raw_hash = excluded.raw_hash,
    kind = excluded.kind;
