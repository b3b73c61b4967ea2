-- What the checks of days look at after a load: the days of outlets from the first on that it judged anew.
-- Reads: remade_outlet, and the tables. Writes: temporary narrowed_*: a part of each table.

create temp table if not exists remade_outlet (source_id varchar, since_date date);

create or replace temp table checked_day as
with since as (
    select coalesce(min(since_date), date '1900-01-01') as since_date
    from remade_outlet
)

select year(since_date) * 10000 + month(since_date) * 100 + day(since_date) as first_date_key
from since;

create temp table narrowed_fact_source_expectation as
select *
from fact_source_expectation
where date_key >= (select checked_day.first_date_key from checked_day);

create temp table narrowed_fact_source_coverage as
select *
from fact_source_coverage
where date_key >= (select checked_day.first_date_key from checked_day);
