-- Which articles have a word?
-- The text, not the names: ilike does not mind case. Without is_current an article is found once a version.

select
    fact.published_at,
    article.headline
from dim_article as article
inner join article_body as body on article.article_key = body.article_key
inner join fact_article as fact on article.article_key = fact.article_key
where article.is_current and body.body ilike '%inflation%'
order by fact.published_at
