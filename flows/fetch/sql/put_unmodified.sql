-- The copy we have is the newest: its validators and hash stay. Writes page.
insert into page (url, fetched_at, status, failure_count)
values (:url, :fetched_at, 'unmodified', 0)
on conflict (url) do update set
    fetched_at = excluded.fetched_at,
    status = excluded.status,
    failure_count = 0;
