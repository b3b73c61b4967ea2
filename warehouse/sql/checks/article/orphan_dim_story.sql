-- Protects: every version of an article belongs to a story, and every story has an article, the one it is named by.
-- Returns: the keys alone.

with member as (
    select
        fact.story_key,
        article.article_id
    from fact_article as fact
    inner join dim_article as article on fact.article_key = article.article_key
)

select
    fact.story_key,
    'no story' as problem
from fact_article as fact
anti join dim_story as story on fact.story_key = story.story_key and story.story_key >= 0
union all
select
    story.story_key,
    'no article' as problem
from dim_story as story
anti join member on story.story_key = member.story_key and story.story_id = member.article_id
where story.story_key >= 0;
