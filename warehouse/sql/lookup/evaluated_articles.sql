-- Grain: an article, as its current version is.
-- Reads: dim_article, article_body. Writes: nothing.

select
    article.external_id,
    article.headline,
    body.body
from dim_article as article
inner join article_body as body on article.article_key = body.article_key
where article.is_current
order by article.external_id;
