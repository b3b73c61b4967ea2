-- Grain: a day.
-- Reads: version_after, dim_date. Writes: dim_date: every day of each year an article was published or ingested in.

insert into dim_date by name
with year_in_use as (
    select published_date_key // 10000 as year_number
    from version_after
    where published_date_key > 0
    union
    select year(cast($ingested_at as timestamp)) as year_number
),

day as (
    select unnest(
        generate_series(make_date(year_number, 1, 1), make_date(year_number, 12, 31), interval 1 day)
    ) as day_at
    from year_in_use
),

keyed_day as (
    select
        year(day_at) * 10000 + month(day_at) * 100 + day(day_at) as date_key,
        day_at
    from day
)

select
    date_key,
    cast(day_at as date) as "date",
    year(day_at) as "year",
    quarter(day_at) as "quarter",
    month(day_at) as "month",
    week(day_at) as iso_week,
    isodow(day_at) as day_of_week,
    isodow(day_at) >= 6 as is_weekend
from keyed_day
anti join dim_date using (date_key)
order by date_key;
