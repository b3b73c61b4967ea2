-- How many articles name any of several entities, and how many name all. Sums of article_count over entities count
-- an article as often as it names one of them; this counts it once. One name becomes a list of one by way of JSON, as in
-- entity_keys.
-- Reads: entity_keys(), fact_article_entity. Defines: count_articles(entity_names).

create or replace macro count_articles(entity_names) as table
with asked as (
    select
        unnest(
            list_distinct(
                cast(
                    case
                        when typeof(entity_names) like '%[]' then to_json(entity_names) else to_json([entity_names])
                    end as varchar []
                )
            )
        ) as name
),

wanted as (
    select
        asked.name,
        unnest(entity_keys(asked.name)) as entity_key
    from asked
),

by_article as (
    select
        held.article_key,
        held.story_key,
        count(distinct wanted.name) as name_count
    from fact_article_entity as held
    inner join wanted on held.entity_key = wanted.entity_key
    where held.is_current_version
    group by held.article_key, held.story_key
),

by_story as (
    select
        count(*) as article_count,
        count(*) filter (name_count = (select count(*) from asked)) as all_article_count
    from by_article
    group by story_key
)

select
    cast(coalesce(sum(article_count), 0) as bigint) as article_count,
    count(*) as story_count,
    cast(coalesce(sum(all_article_count), 0) as bigint) as all_article_count,
    count(*) filter (all_article_count > 0) as all_story_count
from by_story;

comment on macro table count_articles is
'count_articles([''India'', ''Russia'']): articles and stories that name any of the entities, each counted once, and '
'those that name all of them';
