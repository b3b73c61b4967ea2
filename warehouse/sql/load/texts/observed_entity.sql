-- Grain: an observed name.
-- Reads: text_target, incoming_mention, observed_entity. Writes: observed_entity, temporary added_name: those it does
-- not have. Name and count are settled later, over all mentions (entities/observed_entity.sql); id, type and country
-- follow from the key, so that any mention will do. Its number is found by the keys, and the texts of that one are
-- read: to gather the texts of all mentions by name took three times as long.

create or replace temp table new_name as
select
    incoming.entity_key as observed_key,
    min(incoming.mention_number) as mention_number
from incoming_mention as incoming
semi join text_target on incoming.text_number = text_target.text_number
anti join observed_entity as known on incoming.entity_key = known.observed_key
group by incoming.entity_key;

insert into added_name
select observed_key
from new_name;

insert into observed_entity (
    observed_key, observed_id, entity_type, name_key, name, country_code, article_count, is_made
)
select
    incoming.entity_key as observed_key,
    incoming.entity_id as observed_id,
    incoming.entity_type,
    substr(incoming.entity_id, length(incoming.entity_type) + 2) as name_key,
    incoming.full_name,
    incoming.country_code,
    0 as article_count,
    false as is_made
from incoming_mention as incoming
semi join new_name on incoming.mention_number = new_name.mention_number;

drop table new_name;
