-- Protects: fact_article.is_current_version is what dim_article says of the version.
-- Returns: the versions of which it is not.

select
    fact.article_key,
    fact.is_current_version,
    article.is_current
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
where fact.is_current_version <> article.is_current;
