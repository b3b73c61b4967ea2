-- The rows that only one of the files has: of a key in both, a row for each side is one row that changed.
-- Grain: a key of the table that was looked at last, by its hash.
-- Reads: a_row, b_row (views of warehouse.diff: key_hash, row_hash). Writes: changed_row (temporary).

create or replace temp table changed_row as
with side as (
    select
        key_hash,
        row_hash,
        1 as row_count
    from a_row
    union all
    select
        key_hash,
        row_hash,
        -1 as row_count
    from b_row
),

excess as (
    select
        key_hash,
        sum(row_count) as row_count
    from side
    group by key_hash, row_hash
    having sum(row_count) <> 0
),

by_key as (
    select
        key_hash,
        coalesce(sum(row_count) filter (where row_count > 0), 0) as a_count,
        coalesce(-sum(row_count) filter (where row_count < 0), 0) as b_count
    from excess
    group by key_hash
)

select
    key_hash,
    cast(a_count - least(a_count, b_count) as bigint) as only_a_count,
    cast(b_count - least(a_count, b_count) as bigint) as only_b_count,
    cast(least(a_count, b_count) as bigint) as changed_count
from by_key;
