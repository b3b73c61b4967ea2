-- Grain: an entity x a day (UTC) on which an article that names it was published.
-- Reads: entity_day_total, dim_entity, dim_date, source_day_total. Defines: mart_entity_daily.

create or replace view mart_entity_daily as
with published as (
    select
        date_key,
        cast(sum(named_article_count) as integer) as named_article_count
    from source_day_total
    group by date_key
)

select
    calendar.date_key,
    calendar.date,
    entity.entity_key,
    entity.name,
    entity.entity_type,
    total.article_count,
    total.story_count,
    total.mention_count,
    published.named_article_count,
    total.article_count / published.named_article_count as article_ratio,
    total.article_week_count / 7 as article_7_day_mean,
    total.story_week_count / 7 as story_7_day_mean
from entity_day_total as total
inner join dim_entity as entity on total.entity_key = entity.entity_key
inner join dim_date as calendar on total.date_key = calendar.date_key
inner join published on total.date_key = published.date_key
where not entity.is_hidden;

comment on view mart_entity_daily is
'An entity x a day (UTC) on which an article that names it was published; no row for a day without: '
'entity_trend() has those too';
comment on column mart_entity_daily.date_key is 'The day of publication: dim_date';
comment on column mart_entity_daily.date is 'The same as a date';
comment on column mart_entity_daily.entity_key is 'The entity: dim_entity';
comment on column mart_entity_daily.name is 'Its name';
comment on column mart_entity_daily.entity_type is 'Its type, such as PERSON, ORG, GPE';
comment on column mart_entity_daily.article_count is 'Articles of the day whose current version names it';
comment on column mart_entity_daily.story_count is 'Stories these are of: copies of one article count once';
comment on column mart_entity_daily.mention_count is 'Its mentions in these';
comment on column mart_entity_daily.named_article_count is
'Articles of the day that name any entity, of whatever type; texts in a language no model reads do not';
comment on column mart_entity_daily.article_ratio is 'article_count / named_article_count: its share of the day';
comment on column mart_entity_daily.article_7_day_mean is
'Articles a day over this day and the six before; days without count as zero';
comment on column mart_entity_daily.story_7_day_mean is
'The same for story_count; a story printed on two days counts on each';
