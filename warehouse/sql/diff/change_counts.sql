-- How many rows of a table are in one of the files only, or changed.
-- Grain: one row.
-- Reads: changed_row. Writes: nothing.

select
    cast(coalesce(sum(only_a_count), 0) as bigint) as only_a_count,
    cast(coalesce(sum(only_b_count), 0) as bigint) as only_b_count,
    cast(coalesce(sum(changed_count), 0) as bigint) as changed_count
from changed_row;
