-- Protects: a row of article_body is the body of a version of an article.
-- Returns: the keys that are there twice.

select
    article_key,
    count(*) as row_count
from article_body
group by article_key
having count(*) > 1;
