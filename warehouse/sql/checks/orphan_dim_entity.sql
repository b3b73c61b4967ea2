-- Protects: an entity has a place of dim_place, with rule and score where that is known; dim_place has no other.
-- Returns: entities whose place is missing or unexplained, and places that no entity is.

select
    entity.entity_id,
    entity.place_key,
    entity.place_rule
from dim_entity as entity
left join dim_place as place on entity.place_key = place.place_key
where
    place.place_key is null
    or (entity.place_key >= 0) <> (entity.place_rule is not null)
    or (entity.place_key >= 0) <> coalesce(entity.place_score between 0 and 1, false)
union all
select
    '' as entity_id,
    place.place_key,
    '' as place_rule
from dim_place as place
anti join dim_entity as entity on place.place_key = entity.place_key
where place.place_key >= 0;
