-- Protects: a row of dim_date is a day.
-- Returns: the keys that are there twice.

select
    date_key,
    count(*) as row_count
from dim_date
group by date_key
having count(*) > 1;
