-- Protects: a row is an article, a method and an address, the article is known.
-- Returns: those that are there twice, or without their article.

select
    article_id,
    method,
    ingested_uri,
    count(*) as row_count
from article_withdrawal
group by article_id, method, ingested_uri
having count(*) > 1
union all
select
    evidence.article_id,
    evidence.method,
    evidence.ingested_uri,
    0 as row_count
from article_withdrawal as evidence
anti join dim_article as article on evidence.article_id = article.article_id;
