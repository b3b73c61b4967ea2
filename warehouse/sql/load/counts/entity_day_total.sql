-- Grain: an entity x a day on which the current version of an article that names it was published.
-- Reads: day_change, dim_date. Writes: entity_day_total: the days that changed, and the six behind each of them, whose
-- week reaches back to it.

create or replace temp table changed_week as
select distinct
    changed.entity_key,
    later.date_key
from day_change as changed
inner join dim_date as calendar on changed.date_key = calendar.date_key
inner join dim_date as later on later.date between calendar.date and calendar.date + 6;

-- Most entities changed on the last days alone: an old article that changed has its own entities read since then.
create or replace temp table near_range as
with changed_range as (
    select
        changed.entity_key,
        min(calendar.date) - 6 as first_date,
        max(calendar.date) + 6 as last_date
    from day_change as changed
    inner join dim_date as calendar on changed.date_key = calendar.date_key
    group by changed.entity_key
)

select
    *,
    first_date < quantile_disc(first_date, 0.5) over () as is_early
from changed_range;

create or replace temp table new_day_total as
with dated as (
    select
        held.entity_key,
        held.date_key,
        held.article_count,
        held.story_count,
        held.mention_count
    from entity_day_total as held
    where
        held.entity_key in (
            select near.entity_key
            from near_range as near
            where near.is_early
        )
        and held.date_key >= (
            select cast(strftime(min(near.first_date), '%Y%m%d') as integer)
            from near_range as near
            where near.is_early
        )
    union all
    select
        held.entity_key,
        held.date_key,
        held.article_count,
        held.story_count,
        held.mention_count
    from entity_day_total as held
    where
        held.entity_key in (
            select near.entity_key
            from near_range as near
            where not near.is_early
        )
        and held.date_key >= (
            select cast(strftime(min(near.first_date), '%Y%m%d') as integer)
            from near_range as near
            where not near.is_early
        )
    union all
    select *
    from day_change
),

counted as (
    select
        dated.entity_key,
        calendar.date_key,
        calendar.date,
        sum(dated.article_count) as article_count,
        sum(dated.story_count) as story_count,
        sum(dated.mention_count) as mention_count
    from dated
    inner join dim_date as calendar on dated.date_key = calendar.date_key
    inner join near_range as near
        on dated.entity_key = near.entity_key and calendar.date between near.first_date and near.last_date
    group by dated.entity_key, calendar.date_key, calendar.date
    having sum(dated.article_count) > 0
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
drop table near_range;
drop table new_day_total;
