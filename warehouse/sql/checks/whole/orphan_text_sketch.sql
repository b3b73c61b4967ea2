-- Protects: every body has one sketch, and there is none without a version; bands and pairs are those of wordings that
-- are there.
-- Returns: the texts and wordings alone, and the texts that are there twice.

with text_in_use as (
    select distinct text_hash
    from dim_article
),

wording_in_use as (
    select wording_key
    from wording_band
    union
    select wording_key_a as wording_key
    from wording_pair
    union
    select wording_key_b as wording_key
    from wording_pair
)

select
    article.text_hash as key_found,
    'no sketch' as problem
from dim_article as article
semi join article_body as body on article.article_key = body.article_key
anti join text_sketch as sketch on article.text_hash = sketch.text_hash
union all
select
    sketch.text_hash as key_found,
    'no version, or twice' as problem
from text_sketch as sketch
left join text_in_use on sketch.text_hash = text_in_use.text_hash
group by sketch.text_hash
having count(*) > 1 or count(text_in_use.text_hash) = 0
union all
select
    cast(wording_in_use.wording_key as varchar) as key_found,
    'no text' as problem
from wording_in_use
anti join text_sketch as sketch on wording_in_use.wording_key = sketch.wording_key;
