-- Grain: one row.
-- Reads: fact_entity_mention. Returns: how many of its row groups a question for one entity has to read, in the mean
-- over all keys: DuckDB passes over a group when the entity is not between its smallest and its largest key. Keys are spread
-- evenly over 63 bits; a row group has 122,880 rows.

with key_range as (
    select
        min(entity_key) as first_key,
        max(entity_key) as last_key
    from fact_entity_mention
    group by rowid // 122880
)

select coalesce(sum((cast(last_key as double) - first_key) / 9223372036854775807), 0) as read_group_count
from key_range;
