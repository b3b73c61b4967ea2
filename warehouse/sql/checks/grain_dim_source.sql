-- Protects: a row of dim_source is a version of an outlet; one version of each is the current one; each begins where
-- the one before it ends.
-- Returns: the keys that are there twice, the outlets with none or several current versions or with a hole between two.

select
    'source_key' as grain,
    cast(source_key as varchar) as key_found,
    count(*) as row_count
from dim_source
group by source_key
having count(*) > 1
union all
select
    'current version' as grain,
    source_id as key_found,
    count_if(is_current) as row_count
from dim_source
where source_key >= 0
group by source_id
having count_if(is_current) <> 1
union all
select
    'validity' as grain,
    source_id as key_found,
    count(*) as row_count
from (
    select
        source_id,
        valid_to <> lead(valid_from, 1, valid_to) over (partition by source_id order by valid_from) as is_broken
    from dim_source
    where source_key >= 0
) as neighbour
where is_broken
group by source_id;
