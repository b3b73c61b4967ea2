-- What a table holds in both files, as numbers that rows in any order add up to.
-- Grain: one row.
-- Reads: a_row, b_row (views of warehouse.diff: key_hash, row_hash). Writes: nothing.

with a_content as (
    select
        count(*) as row_count,
        coalesce(sum(row_hash), 0) as content_hash
    from a_row
),

b_content as (
    select
        count(*) as row_count,
        coalesce(sum(row_hash), 0) as content_hash
    from b_row
)

select
    a_content.row_count as a_row_count,
    b_content.row_count as b_row_count,
    a_content.row_count = b_content.row_count and a_content.content_hash = b_content.content_hash as is_equal
from a_content
cross join b_content;
