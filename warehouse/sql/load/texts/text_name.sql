-- Grain: a name that the texts given mention.
-- Reads: text_target, incoming_mention. Writes: temporary text_name.
-- Id, type and country of a name follow from its key, so that any will do, at a third of what the first in order costs;
-- of full_name the first in order is taken.

create or replace temp table text_name as
select
    incoming.entity_key as observed_key,
    any_value(incoming.entity_id) as observed_id,
    any_value(incoming.entity_type) as entity_type,
    any_value(incoming.country_code) as country_code,
    min(incoming.full_name) as full_name
from incoming_mention as incoming
semi join text_target on incoming.text_hash = text_target.text_hash
group by incoming.entity_key;
