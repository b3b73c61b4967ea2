-- Grain: an observed name that a person made up.
-- Reads: incoming_made_entity, observed_entity. Writes: observed_entity: those that decisions make, and none that they
-- no longer make; lapsed_name: those that went. One is made only of an entity that is here.

create or replace temp table made_entity as
select
    made.* exclude (own_name, base_id),
    coalesce(made.own_name, base.name) as shown_name
from incoming_made_entity as made
inner join observed_entity as base on made.base_id = base.observed_id
where not base.is_made
union all by name
select
    made.* exclude (own_name, base_id),
    coalesce(made.own_name, split_part(made.base_id, ':', 2)) as shown_name
from incoming_made_entity as made
inner join incoming_made_entity as base on made.base_id = base.observed_id;

insert into lapsed_name
select observed.observed_key
from observed_entity as observed
anti join made_entity as made on observed.observed_key = made.observed_key
where observed.is_made;

delete from observed_entity
where is_made and observed_key not in (select made_entity.observed_key from made_entity);

update observed_entity
set name = made.shown_name
from made_entity as made
where observed_entity.observed_key = made.observed_key and observed_entity.name <> made.shown_name;

insert into observed_entity (observed_key, observed_id, entity_type, name_key, name, article_count, is_made)
select
    made.*,
    0 as article_count,
    true as is_made
from made_entity as made
anti join observed_entity as known on made.observed_key = known.observed_key;

drop table made_entity;
