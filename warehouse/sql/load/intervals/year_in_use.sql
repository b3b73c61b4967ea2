-- Grain: a year.
-- Reads: fact_interval_attempt. Writes: temporary year_in_use.

create or replace temp table year_in_use as
select distinct year(interval_start) as year_number
from fact_interval_attempt;
