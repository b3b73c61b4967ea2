-- Grain: a version of an article.
-- Reads: story_member, dim_article. Writes: fact_article.story_key, fact_article.is_duplicate.

update fact_article
set
    story_key = member.story_key,
    is_duplicate = not member.is_original
from dim_article as article
inner join story_member as member on article.article_id = member.article_id
where
    fact_article.article_key = article.article_key
    and (fact_article.story_key <> member.story_key or fact_article.is_duplicate = member.is_original);
