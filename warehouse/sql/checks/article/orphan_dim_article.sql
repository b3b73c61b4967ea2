-- Protects: every version of an article has its row in fact_article.
-- Returns: the versions without one.

select
    article.article_key,
    article.article_id
from dim_article as article
anti join fact_article as fact on article.article_key = fact.article_key
where article.article_key >= 0;
