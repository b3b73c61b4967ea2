-- Grain: a column of a row group of a table x a block that a part of it lies in; -1 where it lies in none.
-- Reads: built_segment: what pragma_storage_info says of the tables. Writes: nothing. Constants lie in no block, which
-- is told as null or -1; so do, mostly, the parts of a column that say which of its values are null, and these are left
-- out then. The rows of a row group are those of a column that is told of in most.

with column_total as (
    select
        table_name,
        column_path,
        sum(row_count) as row_count
    from built_segment
    where not contains(column_path, ',')
    group by table_name, column_path
),

told as (
    select
        table_name,
        arg_max(column_path, (row_count, column_path)) as column_path
    from column_total
    group by table_name
),

row_group as (
    select
        listed.table_name,
        listed.row_group_id,
        sum(listed.row_count) as row_count
    from built_segment as listed
    inner join told on listed.table_name = told.table_name and listed.column_path = told.column_path
    group by listed.table_name, listed.row_group_id
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
        column_name,
        contains(column_path, ',') as is_nested,
        coalesce(block_id, -1) as block_id
    from built_segment
)

select distinct
    numbered.table_name,
    cast(numbered.first_row as bigint) as first_row,
    cast(numbered.row_count as bigint) as row_count,
    part.column_name,
    part.block_id
from part
inner join numbered on part.table_name = numbered.table_name and part.row_group_id = numbered.row_group_id
where part.block_id >= 0 or not part.is_nested;
