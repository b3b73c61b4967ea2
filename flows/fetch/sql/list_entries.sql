-- What a parent lists, and what it listed before; as they were first seen. Reads entry.
select
    url,
    hints,
    first_seen_at,
    is_listed
from entry
where parent_url = :parent_url
order by first_seen_at, url;
