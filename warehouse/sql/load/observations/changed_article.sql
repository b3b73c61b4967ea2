-- Grain: an article that was never seen before, or not as early as now.
-- Reads: incoming_observation, held_observation. Writes: temporary changed_article: an article counts on the day of its
-- first sight (sql/load/expectations).

insert into changed_article by name
with held as (
    select
        article_id,
        cast(min(ingested_at) as date) as day_date
    from held_observation
    group by article_id
),

given as (
    select
        article_id,
        cast(min(cast(ingested_at as timestamp)) as date) as day_date
    from incoming_observation
    group by article_id
)

select given.article_id
from given
left join held on given.article_id = held.article_id
where held.day_date is null or given.day_date < held.day_date;

drop table held_observation;
