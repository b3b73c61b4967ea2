-- Grain: an observed name that is in no block yet; what people made up is in none.
-- Reads: touched_name, observed_entity, observed_block. Writes: temporary unblocked_name, numbered in batches. A name
-- without a block is new, or all are to be looked at again: so it is among those touched.

create or replace temp table unblocked_name as
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
    (row_number() over (order by observed_key) - 1) // $batch_name_count as batch_number
from observed_entity
where not is_made and observed_key in (select unblocked.observed_key from unblocked);
