-- Grain: the one row there is.
-- Reads: place_rules, dim_entity. Writes: place_rules; unplaced_entity: with all that may be places, where other rules
-- or another gazetteer placed them.

insert into unplaced_entity by name
select entity_key
from dim_entity
where
    $rules_id not in (select place_rules.rules_id from place_rules)
    and entity_type in ('GPE', 'LOC')
    and entity_key >= 0;

delete from place_rules;

insert into place_rules values ($rules_id);
