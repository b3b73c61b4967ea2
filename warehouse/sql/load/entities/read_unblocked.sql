-- Grain: an observed name that is in no block yet; what people made up is in none.
-- Reads: observed_entity, observed_block. Writes: nothing.

select
    observed.observed_key,
    observed.entity_type,
    observed.name_key
from observed_entity as observed
anti join observed_block as known on observed.observed_key = known.observed_key
where not observed.is_made
order by observed.observed_key
limit $row_count;
