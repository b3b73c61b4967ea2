-- The days of an entity between two days (UTC), both included, those without an article too, each against the mean of
-- the days before it. Rows of mart_entity_daily alone leave out the zeros, and a mean over them is too high.
-- Reads: dim_date, dim_entity, fact_article_entity.
-- Defines: entity_trend(entity_name, from_date, to_date, baseline_days := 28).

create or replace macro entity_trend(entity_name, from_date, to_date, baseline_days := 28) as table
with daily as (
    select
        held.published_date_key as date_key,
        count(distinct held.article_key) as article_count,
        count(distinct held.story_key) as story_count
    from fact_article_entity as held
    inner join dim_entity as entity on held.entity_key = entity.entity_key
    where
        held.is_current_version
        and not entity.is_hidden
        and entity.name = entity_name
        and held.published_date_key
        between cast(strftime(cast(from_date as date) - cast(baseline_days as integer), '%Y%m%d') as integer)
        and cast(strftime(cast(to_date as date), '%Y%m%d') as integer)
    group by held.published_date_key
),

dense as (
    select
        cast(day_of.generate_series as date) as date,
        coalesce(daily.article_count, 0) as article_count,
        coalesce(daily.story_count, 0) as story_count
    from generate_series(
        cast(from_date as timestamp) - to_days(cast(baseline_days as integer)),
        cast(to_date as timestamp),
        interval 1 day
    ) as day_of
    left join daily
        on
            year(day_of.generate_series) * 10000 + month(day_of.generate_series) * 100 + day(day_of.generate_series)
            = daily.date_key
),

compared as (
    select
        date,
        article_count,
        story_count,
        avg(article_count) over before_it as article_baseline_mean,
        avg(story_count) over before_it as story_baseline_mean
    from dense
    window before_it as (
        order by date range between to_days(cast(baseline_days as integer)) preceding and interval 1 day preceding
    )
)

select
    date,
    article_count,
    story_count,
    article_baseline_mean,
    story_baseline_mean,
    case when story_baseline_mean > 0 then story_count / story_baseline_mean end as story_baseline_ratio
from compared
where date >= cast(from_date as date)
order by date;

comment on macro table entity_trend is
'entity_trend(''Russia'', ''2022-02-01'', ''2022-03-31'', baseline_days := 28): each day with its articles and stories, '
'the mean of the days before, and how many times that it is; null where the mean is 0';
