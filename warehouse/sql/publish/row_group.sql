-- Grain: a row group of a table of the file that was built.
-- Reads: built_segment, published_segment: what pragma_storage_info says of the table in both files. Writes: nothing.
-- A checkpoint never writes over a block that the last one left in use. So a row group whose parts all lie where they
-- lay in the published file, of which the other is a copy, is the one that is there; its number may be another.

with built as (
    select
        row_group_id,
        list(part_hash order by part_hash) as parts,
        sum(row_count) as row_count
    from built_segment
    group by row_group_id
),

published_group as (
    select list(part_hash order by part_hash) as parts
    from published_segment
    group by row_group_id
),

-- Where all is constant nothing lies anywhere, and two may be alike.
published as (
    select distinct parts
    from published_group
)

select
    cast(sum(built.row_count) over (order by built.row_group_id) - built.row_count as bigint) as first_row,
    cast(built.row_count as bigint) as row_count,
    published.parts is null as is_written
from built
left join published on built.parts = published.parts
order by built.row_group_id;
