-- Grain: an entity whose place is another now.
-- Reads: incoming_entity_place. Writes: dim_entity: place_key, place_rule, place_score.

create or replace temp table placed_entity as
select
    entity.entity_key,
    coalesce(incoming.place_key, -1) as place_key,
    incoming.rule as place_rule,
    incoming.score as place_score
from dim_entity as entity
left join incoming_entity_place as incoming on entity.entity_key = incoming.entity_key
where
    entity.entity_key >= 0
    and (
        (entity.place_key is distinct from coalesce(incoming.place_key, -1))
        or (entity.place_rule is distinct from incoming.rule)
        or (entity.place_score is distinct from incoming.score)
    );

update dim_entity
set
    place_key = placed.place_key,
    place_rule = placed.place_rule,
    place_score = placed.place_score
from placed_entity as placed
where dim_entity.entity_key = placed.entity_key;

drop table placed_entity;
