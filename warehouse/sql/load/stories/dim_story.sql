-- Grain: a story.
-- Reads: former_story, story_member, fact_article, dim_article, dim_source. Writes: dim_story: the stories that may
-- have changed.

delete from dim_story
where
    story_key in (select former_story.story_key from former_story)
    or story_key in (select story_member.story_key from story_member);

insert into dim_story by name
with story as (
    select distinct
        story_key,
        story_id
    from story_member
)

select
    story.story_key,
    story.story_id,
    max(article.headline) filter (where article.is_current and not fact.is_duplicate) as headline,
    min(fact.published_at) as first_published_at,
    count(distinct article.article_id) as article_count,
    count(distinct outlet.source_id) as source_count
from story
inner join fact_article as fact on story.story_key = fact.story_key
inner join dim_article as article on fact.article_key = article.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
group by story.story_key, story.story_id
order by story.story_key;
