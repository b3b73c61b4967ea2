-- The days of an entity between two days (UTC), both included, those without an article too, each against the mean of
-- the days before it. Rows of mart_entity_daily alone leave out the zeros, and a mean over them is too high. What is
-- named at all on a day tells a day of silence on the entity from one on which there is no news here.
-- Reads: entity_keys(), first_of_days(), fact_article_entity, source_day_total.
-- Defines: entity_trend(entity_name, from_date, to_date, baseline_days := 28).

create or replace macro entity_trend(entity_name, from_date, to_date, baseline_days := 28) as table
with daily as (
    select
        held.published_date_key as date_key,
        count(distinct held.article_key) as article_count,
        count(distinct held.story_key) as story_count
    from fact_article_entity as held
    semi join (select unnest(entity_keys(entity_name)) as entity_key) as own on held.entity_key = own.entity_key
    where
        held.is_current_version
        and held.published_date_key
        between cast(strftime(cast(from_date as date) - cast(baseline_days as integer), '%Y%m%d') as integer)
        and cast(strftime(cast(to_date as date), '%Y%m%d') as integer)
    group by held.published_date_key
),

printed as (
    select
        date_key,
        sum(named_article_count) as named_article_count
    from source_day_total
    group by date_key
),

dense as (
    select
        cast(day_of.generate_series as date) as date,
        coalesce(daily.article_count, 0) as article_count,
        coalesce(daily.story_count, 0) as story_count,
        coalesce(printed.named_article_count, 0) as named_article_count
    from generate_series(
        case
            when cast(baseline_days as integer) < 1
                then error(concat('baseline_days is 1 or more, not ', baseline_days))
            else cast(first_of_days(from_date, to_date) as timestamp) - to_days(cast(baseline_days as integer))
        end,
        cast(to_date as timestamp),
        interval 1 day
    ) as day_of
    left join daily on cast(strftime(day_of.generate_series, '%Y%m%d') as integer) = daily.date_key
    left join printed on cast(strftime(day_of.generate_series, '%Y%m%d') as integer) = printed.date_key
),

compared as (
    select
        date,
        article_count,
        story_count,
        named_article_count,
        avg(article_count) over before_it as article_baseline_mean,
        avg(story_count) over before_it as story_baseline_mean,
        sum(article_count) over before_it as baseline_article_count,
        sum(named_article_count) over before_it as baseline_named_article_count
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
    case when story_baseline_mean > 0 then story_count / story_baseline_mean end as story_baseline_ratio,
    cast(named_article_count as bigint) as named_article_count,
    case when named_article_count > 0 then article_count / named_article_count end as article_ratio,
    case
        when baseline_named_article_count > 0 then baseline_article_count / baseline_named_article_count
    end as article_baseline_ratio
from compared
where date >= cast(from_date as date)
order by date;

comment on macro table entity_trend is
'entity_trend(''Russia'', ''2022-02-01'', ''2022-03-31'', baseline_days := 28): each day with its articles and stories, '
'the mean of the days before, how many times that it is (null where the mean is 0), the articles that name any '
'entity (0: no news here that day), and the share of the entity in these, of the day and of the days before';
