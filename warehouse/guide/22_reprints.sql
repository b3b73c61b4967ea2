-- Which articles are reprints, and of whom?
-- The original is the agency's own article, else one that credits an agency, else the earliest.

select
    outlet.source_id,
    article.headline,
    original_outlet.name as original_source_name
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
inner join fact_article as original on fact.story_key = original.story_key
inner join dim_source as original_outlet on original.source_key = original_outlet.source_key
where fact.is_duplicate and fact.is_current_version and not original.is_duplicate and original.is_current_version
order by outlet.source_id, article.headline
