-- Grain: an observed name that is in no block yet; what people made up is in none.
-- Reads: touched_name, observed_entity, observed_block. Writes: nothing. A name without a block is new, or all are to
-- be looked at again: so it is among those touched.

with blocked as (
    select observed_key
    from observed_block
    where observed_key in (select touched_name.observed_key from touched_name)
),

unblocked as (
    select touched.observed_key
    from touched_name as touched
    anti join blocked on touched.observed_key = blocked.observed_key
)

select
    observed_key,
    entity_type,
    name_key
from observed_entity
where not is_made and observed_key in (select unblocked.observed_key from unblocked)
order by observed_key
limit $row_count;
