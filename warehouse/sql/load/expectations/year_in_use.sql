-- Grain: a year in which an article was first read.
-- Reads: article_observation. Writes: temporary year_in_use.

create or replace temp table year_in_use as
with first_sight as (
    select min(ingested_at) as first_read_at
    from article_observation
    group by article_id
)

select distinct year(first_read_at) as year_number
from first_sight;
