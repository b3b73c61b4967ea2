-- How many articles name any of several entities, and how many name all. Sums of article_count over entities count
-- an article as often as it names one of them; this counts it once.
-- Reads: dim_entity, fact_article_entity. Defines: count_articles(entity_names).

create or replace macro count_articles(entity_names) as table
with named as (
    select
        held.article_key,
        held.story_key,
        count(distinct entity.name) as name_count
    from fact_article_entity as held
    inner join dim_entity as entity on held.entity_key = entity.entity_key
    where held.is_current_version and not entity.is_hidden and entity.name in (select unnest(entity_names))
    group by held.article_key, held.story_key
)

select
    count(*) as article_count,
    count(distinct story_key) as story_count,
    count(*) filter (name_count = length(list_distinct(entity_names))) as all_article_count,
    count(distinct story_key) filter (name_count = length(list_distinct(entity_names))) as all_story_count
from named;

comment on macro table count_articles is
'count_articles([''India'', ''Russia'']): articles and stories that name any of the entities, each counted once, and '
'those that name all of them';
