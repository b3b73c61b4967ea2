-- Grain: an observed name.
-- Reads: text_target, incoming_mention, observed_entity. Writes: observed_entity: those it does not have. Name and
-- count are settled later, over all mentions (entities/observed_entity.sql); type and country follow from the id.

insert into observed_entity (
    observed_key, observed_id, entity_type, name_key, name, country_code, article_count, is_made
)
select
    incoming.entity_key as observed_key,
    min(incoming.entity_id) as observed_id,
    min(incoming.entity_type) as entity_type,
    min(substr(incoming.entity_id, length(incoming.entity_type) + 2)) as name_key,
    min(incoming.full_name) as full_name,
    min(incoming.country_code) as country_code,
    0 as article_count,
    false as is_made
from incoming_mention as incoming
semi join text_target on incoming.text_hash = text_target.text_hash
anti join observed_entity as known on incoming.entity_key = known.observed_key
group by incoming.entity_key;
