-- Grain: a version of an article.
-- Reads: story_member, storied_version. Writes: fact_article.story_key, fact_article.is_duplicate; pending_article: the
-- versions whose story is another.

create or replace temp table moved_article as
select
    fact.article_key,
    member.story_key,
    not member.is_original as is_duplicate
from fact_article as fact
inner join storied_version as near on fact.article_key = near.article_key
inner join story_member as member on near.article_id = member.article_id
where fact.story_key <> member.story_key or fact.is_duplicate = member.is_original;

insert into pending_article by name
select article_key from moved_article;

update fact_article
set
    story_key = moved.story_key,
    is_duplicate = moved.is_duplicate
from moved_article as moved
where fact_article.article_key = moved.article_key;

drop table moved_article;
