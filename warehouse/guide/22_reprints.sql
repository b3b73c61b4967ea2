-- Which articles are reprints, and of whom?
-- The original is the agency's own article, else one that credits an agency, else the earliest.

select
    outlet.source_id,
    article.headline,
    story.original_source_name
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
inner join mart_story as story on fact.story_key = story.story_key
where fact.is_duplicate and article.is_current
order by outlet.source_id, article.headline
