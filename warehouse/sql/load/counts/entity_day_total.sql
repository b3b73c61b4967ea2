-- Grain: an entity x a day on which the current version of an article that names it was published.
-- Reads: changed_day, fact_article_entity, fact_article, dim_article, dim_date. Writes: entity_day_total: the days that
-- changed, and the six behind each of them, whose week reaches back to it.

create or replace temp table changed_week as
select distinct
    changed.entity_key,
    later.date_key
from changed_day as changed
inner join dim_date as calendar on changed.date_key = calendar.date_key
inner join dim_date as later on later.date between calendar.date and calendar.date + 6;

create or replace temp table new_day_total as
with counted as (
    select
        held.entity_key,
        calendar.date_key,
        calendar.date,
        count(*) as article_count,
        count(distinct fact.story_key) as story_count,
        sum(held.mention_count) as mention_count
    from fact_article_entity as held
    inner join fact_article as fact on held.article_key = fact.article_key
    inner join dim_article as article on held.article_key = article.article_key
    inner join dim_date as calendar on held.published_date_key = calendar.date_key
    where
        article.is_current
        and calendar.date_key > 0
        and held.entity_key in (select changed_day.entity_key from changed_day)
    group by held.entity_key, calendar.date_key, calendar.date
),

summed as (
    select
        entity_key,
        date_key,
        article_count,
        story_count,
        mention_count,
        sum(article_count) over week as article_week_count,
        sum(story_count) over week as story_week_count
    from counted
    window week as (
        partition by entity_key order by date range between interval 6 days preceding and current row
    )
)

select summed.*
from summed
semi join changed_week as changed
    on summed.entity_key = changed.entity_key and summed.date_key = changed.date_key;

delete from entity_day_total
using changed_week
where
    entity_day_total.entity_key = changed_week.entity_key
    and entity_day_total.date_key = changed_week.date_key;

insert into entity_day_total by name
select *
from new_day_total
order by entity_key, date_key;

drop table changed_week;
drop table new_day_total;
