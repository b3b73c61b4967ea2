-- Grain: a text that has no sketch yet.
-- Reads: dim_article, article_body, text_sketch. Writes: nothing.

select distinct on (article.text_hash)
    article.text_hash,
    article.headline,
    body.body,
    article.language_code
from dim_article as article
inner join article_body as body on article.article_key = body.article_key
anti join text_sketch as known on article.text_hash = known.text_hash
order by article.text_hash
limit $row_count;
