-- Protects: every body has one sketch, and there is none without a version; bands and pairs are those of wordings that
-- are there.
-- Returns: the texts and wordings alone, and the texts that are there twice.

select
    article.text_hash as key_found,
    'no sketch' as problem
from dim_article as article
semi join article_body as body on article.article_key = body.article_key
anti join text_sketch as sketch on article.text_hash = sketch.text_hash
union all
select
    sketch.text_hash,
    'no version, or twice' as problem
from text_sketch as sketch
left join (
    select distinct text_hash
    from dim_article
) as article on sketch.text_hash = article.text_hash
group by sketch.text_hash
having count(*) > 1 or count(article.text_hash) = 0
union all
select
    cast(wording.wording_key as varchar),
    'no text' as problem
from (
    select wording_key
    from wording_band
    union
    select wording_key_a
    from wording_pair
    union
    select wording_key_b
    from wording_pair
) as wording
anti join text_sketch as sketch on wording.wording_key = sketch.wording_key;
