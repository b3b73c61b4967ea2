-- Grain: an outlet whose days are judged anew.
-- Reads: changed_article, changed_outlet, article_observation, dim_article, fact_article, dim_source,
-- fact_source_expectation, former_source, dim_date. Writes: temporary remade_outlet: since when; with $is_whole all,
-- since ever; temporary kept_day: the days before, which stay. A day is judged by the days of its outlet before it, and
-- by whether it is the last of all. So what changes a day changes none before it; and when there is a later last day,
-- that which was the last is judged anew. Documents only make the first sight of an article earlier: where it was of
-- another outlet, that lost it on this day or on a later one.

create or replace temp table outlet_key as
select
    source_key,
    source_id
from former_source
union
select
    source_key,
    source_id
from dim_source;

create or replace temp table judged_day as
select
    outlet_key.source_id,
    calendar.date as day_date
from fact_source_expectation as held
inner join outlet_key on held.source_key = outlet_key.source_key
inner join dim_date as calendar on held.date_key = calendar.date_key
where held.measure = 'article_count';

create or replace temp table remade_outlet as
with changed as (
    select distinct article_id
    from changed_article
),

first_sight as (
    select
        observation.article_id,
        cast(min(observation.ingested_at) as date) as day_date
    from article_observation as observation
    semi join changed on observation.article_id = changed.article_id
    group by observation.article_id
),

since as (
    select
        changed_article.source_id,
        first_sight.day_date as since_date
    from changed_article
    inner join first_sight on changed_article.article_id = first_sight.article_id
    where changed_article.source_id is not null
    union all
    select
        outlet.source_id,
        first_sight.day_date as since_date
    from first_sight
    inner join dim_article as article on first_sight.article_id = article.article_id
    inner join fact_article as fact on article.article_key = fact.article_key
    inner join dim_source as outlet on fact.source_key = outlet.source_key
    where article.version = 1
    union all
    select
        source_id,
        since_date
    from changed_outlet
    union all
    select
        source_id,
        day_date as since_date
    from judged_day
    where day_date = (select max(latest.day_date) from judged_day as latest)
    union all
    select
        source_id,
        date '1900-01-01' as since_date
    from dim_source
    where $is_whole
)

select
    source_id,
    min(since_date) as since_date
from since
group by source_id;

create or replace temp table kept_day as
select judged_day.*
from judged_day
left join remade_outlet as remade on judged_day.source_id = remade.source_id
where remade.source_id is null or judged_day.day_date < remade.since_date;
