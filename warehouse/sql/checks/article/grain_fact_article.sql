-- Protects: a row of fact_article is a version of an article.
-- Returns: the keys that are there twice.

select
    article_key,
    count(*) as row_count
from fact_article
group by article_key
having count(*) > 1;
