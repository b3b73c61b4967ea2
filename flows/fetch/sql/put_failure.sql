-- A page did not come: what we have of it, validators and hash, stays good. Writes page.
insert into page (url, fetched_at, status, failure_count)
values (:url, :fetched_at, :status, 1)
on conflict (url) do update set
    fetched_at = excluded.fetched_at,
    status = excluded.status,
    failure_count = page.failure_count + 1;
