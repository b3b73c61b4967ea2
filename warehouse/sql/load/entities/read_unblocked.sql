-- Grain: an observed name that is in no block yet, of one batch.
-- Reads: unblocked_name, observed_entity. Writes: nothing.

select
    observed_key,
    entity_type,
    name_key
from observed_entity
where
    observed_key in (
        select unblocked_name.observed_key
        from unblocked_name
        where unblocked_name.batch_number = $batch_number
    )
order by observed_key;
