-- Grain: a text that has no sketch yet, of one part of them.
-- Reads: unsketched_text, dim_article, article_body. Writes: nothing.

with chosen as (
    select
        text_hash,
        article_key
    from unsketched_text
    where text_number > $after_number and text_number <= $until_number
)

select
    chosen.text_hash,
    article.headline,
    body.body,
    article.language_code
from chosen
inner join dim_article as article on chosen.article_key = article.article_key
inner join article_body as body on chosen.article_key = body.article_key
order by chosen.text_hash;
