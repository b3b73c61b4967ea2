-- Grain: a row group of a table x a block that a part of it lies in.
-- Reads: built_segment: what pragma_storage_info says of the tables. Writes: nothing. Constants lie in no block, which
-- is told as null or -1.

with row_group as (
    select
        table_name,
        row_group_id,
        sum(row_count) as row_count
    from built_segment
    group by table_name, row_group_id
),

numbered as (
    select
        table_name,
        row_group_id,
        sum(row_count) over (partition by table_name order by row_group_id) - row_count as first_row,
        row_count
    from row_group
),

part as (
    select distinct
        table_name,
        row_group_id,
        unnest(block_ids) as block_id
    from built_segment
)

select
    numbered.table_name,
    cast(numbered.first_row as bigint) as first_row,
    cast(numbered.row_count as bigint) as row_count,
    part.block_id
from part
inner join numbered on part.table_name = numbered.table_name and part.row_group_id = numbered.row_group_id
where part.block_id >= 0;
