-- Grain: the current version of an article.
-- Reads: counted_article, story_version, new_entity. Writes: counted_version, of the versions counted.

delete from counted_version
where article_key in (select counted_article.article_key from counted_article);

insert into counted_version by name
with named as (
    select
        article_key,
        count(*) as entity_count
    from new_entity
    group by article_key
)

select
    told.article_key,
    told.story_key,
    told.published_at,
    coalesce(named.entity_count, 0) as entity_count
from story_version as told
left join named on told.article_key = named.article_key
where not told.is_before;
