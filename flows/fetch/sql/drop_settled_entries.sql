-- Of what a parent listed no longer when it was last read, what is settled is forgotten; the rest is still to be fetched.
-- A page that is gone, and of which we have a copy, is not settled. Reads page, writes entry.
delete from entry
where
    parent_url = :parent_url
    and is_listed = 0
    and exists (
        select 1
        from page
        where
            page.url = entry.url
            and (
                page.status in ('fetched', 'unmodified')
                or (page.status = 'gone' and page.raw_hash is null)
            )
    );
