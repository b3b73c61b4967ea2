-- Grain: a year.
-- Reads: nothing. Writes: temporary year_in_use: the year of the evaluation.

create or replace temp table year_in_use as
select year(cast($evaluated_at as timestamp)) as year_number;
