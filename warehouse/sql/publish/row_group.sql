-- Grain: a row group of a table of the file that was built, that has a part in a block written since.
-- Reads: built_segment: what pragma_storage_info says of the table; written_block. Writes: nothing.

with row_group as (
    select
        row_group_id,
        sum(row_count) as row_count
    from built_segment
    group by row_group_id
),

numbered as (
    select
        row_group_id,
        sum(row_count) over (order by row_group_id) - row_count as first_row,
        row_count
    from row_group
),

part as (
    select
        row_group_id,
        unnest(block_ids) as block_id
    from built_segment
),

written as (
    select distinct part.row_group_id
    from part
    semi join written_block on part.block_id = written_block.block_id
)

select
    cast(numbered.first_row as bigint) as first_row,
    cast(numbered.row_count as bigint) as row_count
from numbered
semi join written on numbered.row_group_id = written.row_group_id
order by numbered.row_group_id;
