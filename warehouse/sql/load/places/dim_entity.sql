-- Grain: an entity whose place is another now.
-- Reads: asked_entity, incoming_entity_place. Writes: dim_entity: place_key, place_rule, place_score, of the entities
-- that had to be placed; unplaced_entity: none is left.

create or replace temp table placed_entity as
select
    entity.entity_key,
    coalesce(incoming.place_key, -1) as place_key,
    incoming.rule as place_rule,
    incoming.score as place_score
from dim_entity as entity
semi join asked_entity as asked on entity.entity_key = asked.entity_key
left join incoming_entity_place as incoming on entity.entity_key = incoming.entity_key
where
    (entity.place_key is distinct from coalesce(incoming.place_key, -1))
    or (entity.place_rule is distinct from incoming.rule)
    or (entity.place_score is distinct from incoming.score);

update dim_entity
set
    place_key = placed.place_key,
    place_rule = placed.place_rule,
    place_score = placed.place_score
from placed_entity as placed
where dim_entity.entity_key = placed.entity_key;

delete from unplaced_entity;

drop table asked_entity;
drop table placed_entity;
