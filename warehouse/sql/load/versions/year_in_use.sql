-- Grain: a year in which an article was published or ingested.
-- Reads: version_after. Writes: temporary year_in_use.

create or replace temp table year_in_use as
select published_date_key // 10000 as year_number
from version_after
where published_date_key > 0
union
select year(cast($ingested_at as timestamp)) as year_number;
