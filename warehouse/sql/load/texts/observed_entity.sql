-- Grain: an observed name.
-- Reads: text_name, observed_entity. Writes: observed_entity, temporary added_name: those it does not have. Name and
-- count are settled later, over all mentions (entities/observed_entity.sql); type and country follow from the id.

create or replace temp table new_name as
select given.*
from text_name as given
anti join observed_entity as known on given.observed_key = known.observed_key;

insert into added_name
select observed_key
from new_name;

insert into observed_entity (
    observed_key, observed_id, entity_type, name_key, name, country_code, article_count, is_made
)
select
    given.observed_key,
    given.observed_id,
    given.entity_type,
    substr(given.observed_id, length(given.entity_type) + 2) as name_key,
    given.full_name,
    given.country_code,
    0 as article_count,
    false as is_made
from new_name as given;

drop table new_name;
