-- Grain: a year in which something was fetched, and those between.
-- Reads: source_fetch. Writes: temporary year_in_use.

create or replace temp table year_in_use as
with span as (
    select
        year(min(fetched_at)) as first_year,
        year(max(fetched_at)) as last_year
    from source_fetch
)

select unnest(generate_series(first_year, last_year)) as year_number
from span
where first_year is not null;
