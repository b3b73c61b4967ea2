-- Protects: every body belongs to a version of an article, and every version has its body.
-- Returns: the versions without a body, the bodies without a version.

select
    article.article_key,
    'no body' as problem
from dim_article as article
anti join article_body as body on article.article_key = body.article_key
where article.article_key >= 0
union all
select
    body.article_key,
    'no version' as problem
from article_body as body
anti join dim_article as article on body.article_key = article.article_key and article.article_key >= 0;
