-- Protects: article_count, source_count and first_published_at of a story are those of its articles, its headline is
-- that of the original.
-- Returns: the stories that say otherwise.

with counted as (
    select
        fact.story_key,
        count(distinct article.article_id) as article_count,
        count(distinct outlet.source_id) as source_count,
        min(fact.published_at) as first_published_at,
        max(article.headline) filter (where article.is_current and not fact.is_duplicate) as headline
    from fact_article as fact
    inner join dim_article as article on fact.article_key = article.article_key
    inner join dim_source as outlet on fact.source_key = outlet.source_key
    group by fact.story_key
)

select
    story.story_key,
    story.article_count,
    story.source_count,
    counted.article_count as counted_article_count,
    counted.source_count as counted_source_count
from dim_story as story
inner join counted on story.story_key = counted.story_key
where
    story.article_count <> counted.article_count
    or story.source_count <> counted.source_count
    or story.first_published_at is distinct from counted.first_published_at
    or story.headline is distinct from counted.headline;
