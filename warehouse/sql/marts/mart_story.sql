-- Grain: a story.
-- Reads: dim_story, fact_article, dim_source. Defines: mart_story.

create or replace view mart_story as
with member as (
    select
        fact.story_key,
        fact.article_key,
        fact.is_duplicate,
        fact.published_at,
        fact.word_count,
        outlet.source_id,
        outlet.name as source_name
    from fact_article as fact
    inner join dim_source as outlet on fact.source_key = outlet.source_key
    where fact.is_current_version
)

select
    story.story_key,
    story.story_id,
    story.headline,
    story.article_count,
    cast(1 as integer) as story_count,
    story.source_count,
    min(member.article_key) filter (not member.is_duplicate) as original_article_key,
    min(member.source_name) filter (not member.is_duplicate) as original_source_name,
    list(distinct member.source_name order by member.source_name) as source_names,
    max(member.word_count) filter (not member.is_duplicate) as word_count,
    story.first_published_at,
    max(member.published_at) as last_published_at
from dim_story as story
inner join member on story.story_key = member.story_key
group by
    story.story_key,
    story.story_id,
    story.headline,
    story.article_count,
    story.source_count,
    story.first_published_at;

comment on view mart_story is
'A story: an article and its copies, where they were printed and whose it was; '
'not an affair that is told in other words';
comment on column mart_story.story_key is 'The story: dim_story';
comment on column mart_story.story_id is 'Its durable key';
comment on column mart_story.headline is 'Headline of the original, as its current version has it';
comment on column mart_story.article_count is 'Articles of the story, each counted once whatever its versions';
comment on column mart_story.story_count is '1: so that sums over stories have both counts';
comment on column mart_story.source_count is 'Outlets that have an article of the story';
comment on column mart_story.original_article_key is 'Current version of the original: dim_article';
comment on column mart_story.original_source_name is 'Outlet of the original';
comment on column mart_story.source_names is 'All outlets that printed it, in order of their names';
comment on column mart_story.word_count is 'Words of the original';
comment on column mart_story.first_published_at is
'When its first article was published, UTC, 00:00 where only the day is known; null when undated';
comment on column mart_story.last_published_at is 'When its last article was published, UTC; null when undated';
