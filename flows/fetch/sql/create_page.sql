-- Grain: a URL that was asked for. What is needed to ask for less the next time. Times: microseconds since 1970, UTC.
create table if not exists page (
    url text primary key,
    etag text,
    last_modified text,
    final_url text,
    fetched_at integer not null,
    status text not null check (status in ('fetched', 'unmodified', 'failed', 'gone')),
    failure_count integer not null,
    raw_hash text,
    kind text
) strict;
