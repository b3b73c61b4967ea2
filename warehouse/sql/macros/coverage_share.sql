-- How much of what each outlet published is about an entity, between two days (UTC), both included. The denominator is
-- the articles of that outlet and time that name anybody, not all articles: texts in languages that the model does not
-- read name nobody. An outlet that never names the entity is there, with 0.
-- Reads: first_of_days(), dim_date, source_day_total, entity_keys(), fact_article_entity, dim_source.
-- Defines: coverage_share(entity_name, from_date, to_date).

create or replace macro coverage_share(entity_name, from_date, to_date) as table
with asked as (
    select
        min(date_key) as from_key,
        max(date_key) as to_key
    from dim_date
    where date between first_of_days(from_date, to_date) and cast(to_date as date)
),

printed as (
    select
        total.source_key,
        cast(sum(total.named_article_count) as bigint) as named_article_count
    from source_day_total as total
    inner join asked on total.date_key between asked.from_key and asked.to_key
    where total.named_article_count > 0
    group by total.source_key
),

naming as (
    select
        latest.source_key,
        count(distinct held.article_key) as article_count,
        count(distinct held.story_key) as story_count
    from fact_article_entity as held
    inner join asked on held.published_date_key between asked.from_key and asked.to_key
    inner join dim_source as outlet on held.source_key = outlet.source_key
    inner join dim_source as latest
        on outlet.source_id = latest.source_id and (latest.is_current or latest.source_key < 0)
    semi join (select unnest(entity_keys(entity_name)) as entity_key) as own on held.entity_key = own.entity_key
    where held.is_current_version
    group by latest.source_key
)

select
    latest.source_id,
    latest.name as source_name,
    coalesce(naming.article_count, 0) as article_count,
    coalesce(naming.story_count, 0) as story_count,
    printed.named_article_count,
    coalesce(naming.article_count, 0) / printed.named_article_count as article_ratio
from printed
inner join dim_source as latest on printed.source_key = latest.source_key
left join naming on printed.source_key = naming.source_key
order by article_ratio desc, latest.source_id asc;

comment on macro table coverage_share is
'coverage_share(''Russia'', ''2022-01-01'', ''2022-12-31''): for each outlet, its articles of these days that name the '
'entity, those that name any entity at all, and the share';
