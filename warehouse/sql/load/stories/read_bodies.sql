-- Grain: a wording of the pairs of one batch.
-- Reads: unmeasured_pair, text_sketch, dim_article, article_body. Writes: nothing.

with wording as (
    select wording_key_a as wording_key
    from unmeasured_pair
    where batch_number = $batch_number
    union
    select wording_key_b
    from unmeasured_pair
    where batch_number = $batch_number
),

chosen as (
    select
        sketch.wording_key,
        min(article.article_key) as article_key
    from wording
    inner join text_sketch as sketch on wording.wording_key = sketch.wording_key
    inner join dim_article as article on sketch.text_hash = article.text_hash
    semi join article_body as body on article.article_key = body.article_key
    group by sketch.wording_key
)

select
    chosen.wording_key,
    body.body
from chosen
inner join article_body as body on chosen.article_key = body.article_key
order by chosen.wording_key;
