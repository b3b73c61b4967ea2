-- Protects: a row of dim_run is a load.
-- Returns: the keys that are there twice.

select
    run_key,
    count(*) as row_count
from dim_run
group by run_key
having count(*) > 1;
