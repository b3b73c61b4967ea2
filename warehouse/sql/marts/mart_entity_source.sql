-- Grain: an entity x an outlet of which an article names it.
-- Reads: fact_article_entity, source_day_total, dim_entity, dim_source, dim_date.
-- Defines: mart_entity_source.

create or replace view mart_entity_source as
with outlet as (
    select
        held.source_key as held_key,
        latest.source_key
    from dim_source as held
    inner join dim_source as latest on held.source_id = latest.source_id
    where latest.is_current
),

printed as (
    select
        source_key,
        cast(sum(named_article_count) as integer) as named_article_count
    from source_day_total
    group by source_key
),

-- By keys, not by names and days: these are looked up once a row of the answer, not once an article.
counted as (
    select
        entity.entity_key,
        entity.name,
        entity.entity_type,
        outlet.source_key,
        cast(count(*) as integer) as article_count,
        cast(count(distinct named.story_key) as integer) as story_count,
        cast(count(*) filter (named.is_duplicate) as integer) as duplicate_count,
        cast(sum(named.mention_count) as integer) as mention_count,
        min(nullif(named.published_date_key, -1)) as first_date_key,
        max(nullif(named.published_date_key, -1)) as last_date_key
    from fact_article_entity as named
    inner join dim_entity as entity on named.entity_key = entity.entity_key
    inner join outlet on named.source_key = outlet.held_key
    where named.is_current_version and not entity.is_hidden and entity.entity_key >= 0
    group by entity.entity_key, entity.name, entity.entity_type, outlet.source_key
)

select
    counted.entity_key,
    counted.name,
    counted.entity_type,
    latest.source_id,
    latest.name as source_name,
    counted.article_count,
    counted.story_count,
    counted.duplicate_count,
    counted.mention_count,
    printed.named_article_count,
    counted.article_count / printed.named_article_count as article_ratio,
    first_day.date as first_date,
    last_day.date as last_date
from counted
inner join dim_source as latest on counted.source_key = latest.source_key
inner join printed on counted.source_key = printed.source_key
left join dim_date as first_day on counted.first_date_key = first_day.date_key
left join dim_date as last_day on counted.last_date_key = last_day.date_key;

comment on view mart_entity_source is 'An entity x an outlet of which an article names it, over all days';
comment on column mart_entity_source.entity_key is 'The entity: dim_entity';
comment on column mart_entity_source.name is 'Its name';
comment on column mart_entity_source.entity_type is 'Its type, such as PERSON, ORG, GPE';
comment on column mart_entity_source.source_id is 'The outlet, all versions of it: dim_source';
comment on column mart_entity_source.source_name is 'Its name now';
comment on column mart_entity_source.article_count is 'Articles of the outlet whose current version names the entity';
comment on column mart_entity_source.story_count is 'Stories these are of: copies of one article count once';
comment on column mart_entity_source.duplicate_count is
'Those of these articles that are reprints: fact_article.is_duplicate';
comment on column mart_entity_source.mention_count is 'Mentions of the entity in these';
comment on column mart_entity_source.named_article_count is
'Articles of the outlet that name any entity, of whatever type; texts in a language no model reads do not';
comment on column mart_entity_source.article_ratio is
'article_count / named_article_count: how much of the outlet is about it';
comment on column mart_entity_source.first_date is
'Day (UTC) the first of these was published, also where only a later version of it has the name; null when undated';
comment on column mart_entity_source.last_date is 'Day (UTC) the last of these was published; null when undated';
