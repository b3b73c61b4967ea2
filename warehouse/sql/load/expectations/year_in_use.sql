-- Grain: a year in which an article was first read.
-- Reads: observed_day. Writes: temporary year_in_use.

create or replace temp table year_in_use as
select distinct year(day_date) as year_number
from observed_day;
