-- Protects: a row is an author of a version, each in a place of its own.
-- Returns: the authors and the places that are there twice.

select
    'author' as grain,
    article_key,
    author_key as value_found,
    count(*) as row_count
from bridge_article_author
group by article_key, author_key
having count(*) > 1
union all
select
    'position' as grain,
    article_key,
    position as value_found,
    count(*) as row_count
from bridge_article_author
group by article_key, position
having count(*) > 1;
