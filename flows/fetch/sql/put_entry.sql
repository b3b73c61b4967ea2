-- An address is listed. Writes entry.
insert into entry (parent_url, url, hints, first_seen_at, is_listed)
values (:parent_url, :url, :hints, :seen_at, 1)
on conflict (parent_url, url) do update set
    hints = excluded.hints,
    is_listed = 1;
