-- What a parent lists, and what it listed that is still to be fetched; as they were first seen. Reads entry, page.
select
    entry.url,
    entry.hints,
    entry.first_seen_at,
    entry.is_listed
from entry
left join page on entry.url = page.url
where
    entry.parent_url = :parent_url
    and (entry.is_listed = 1 or page.status is null or page.status = 'failed')
order by entry.first_seen_at, entry.url;
