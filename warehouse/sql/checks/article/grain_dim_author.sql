-- Protects: a row of dim_author is a name, by its key and by its id: two ids never share a key.
-- Returns: the keys and ids that are there twice.

select
    'author_key' as grain,
    cast(author_key as varchar) as key_found,
    count(*) as row_count
from dim_author
group by author_key
having count(*) > 1
union all
select
    'author_id' as grain,
    author_id as key_found,
    count(*) as row_count
from dim_author
group by author_id
having count(*) > 1;
