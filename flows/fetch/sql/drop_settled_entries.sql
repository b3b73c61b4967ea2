-- Of what a parent no longer lists, what is settled is forgotten; the rest is still to be fetched. Reads page, writes entry.
delete from entry
where
    parent_url = :parent_url
    and is_listed = 0
    and exists (
        select 1
        from page
        where page.url = entry.url and page.status in ('fetched', 'unmodified', 'gone')
    );
