-- Grain: a URL in a feed, sitemap or page that lists addresses. The hints are JSON, what the list says of it.
create table if not exists entry (
    parent_url text not null,
    url text not null,
    hints text,
    first_seen_at integer not null,
    is_listed integer not null check (is_listed in (0, 1)),
    primary key (parent_url, url)
) strict, without rowid;
