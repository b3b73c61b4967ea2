-- Grain: a day of three years. Writes: draft.day: the part of all articles that was published before it and up to its
-- end. At weekends a little over half as much is printed; else days differ by a tenth.

create table draft.day as
with weighed as (
    select
        cast(day_at as date) as date,
        case when isodow(day_at) >= 6 then 0.55 else 1.0 end * (0.9 + 0.2 * draw('day', day_at)) as weight
    from generate_series(timestamp '2022-01-01', timestamp '2024-12-31', interval 1 day) as series (day_at)
)

select
    date,
    (sum(weight) over (order by date) - weight) / sum(weight) over () as from_share,
    sum(weight) over (order by date) / sum(weight) over () as to_share
from weighed;

create temp table year_in_use as
select unnest([2022, 2023, 2024, 2025]) as year_number;
