-- Grain: a day.
-- Reads: year_in_use, dim_date. Writes: dim_date: every day of the years given.

insert into dim_date (
    date_key, date, year, quarter, month, iso_week, day_of_week, is_weekend, iso_year, week_start_date
)
with day as (
    select series.day_at
    from year_in_use
    cross join generate_series(
        make_date(year_in_use.year_number, 1, 1), make_date(year_in_use.year_number, 12, 31), interval 1 day
    ) as series (day_at)
),

keyed_day as (
    select
        year(day_at) * 10000 + month(day_at) * 100 + day(day_at) as date_key,
        day_at
    from day
)

select
    keyed_day.date_key,
    cast(day_at as date) as day_date,
    year(day_at) as day_year,
    quarter(day_at) as day_quarter,
    month(day_at) as day_month,
    week(day_at) as iso_week,
    isodow(day_at) as day_of_week,
    isodow(day_at) >= 6 as is_weekend,
    isoyear(day_at) as iso_year,
    cast(date_trunc('week', day_at) as date) as week_start_date
from keyed_day
anti join dim_date on keyed_day.date_key = dim_date.date_key
order by keyed_day.date_key;
