-- Protects: entity_alias counts every mention once.
-- Returns: the entities whose aliases count wrongly.

with counted as (
    select
        entity_key,
        sum(mention_count) as mention_count
    from entity_alias
    group by entity_key
),

mentioned as (
    select
        entity_key,
        count(*) as row_count
    from fact_entity_mention
    group by entity_key
)

select
    coalesce(counted.entity_key, mentioned.entity_key) as entity_key,
    counted.mention_count,
    mentioned.row_count
from counted
full outer join mentioned on counted.entity_key = mentioned.entity_key
where counted.mention_count is distinct from mentioned.row_count;
