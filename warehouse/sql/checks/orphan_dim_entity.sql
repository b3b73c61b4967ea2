-- Protects: an entity has a place of dim_place, with rule and score where that is known; dim_place has no other.
-- Returns: entities whose place is missing or unexplained, and places that no entity is.

-- The rows are found first and then read by their numbers: entity_id is wide.
with bad as (
    select entity.rowid as row_number
    from dim_entity as entity
    left join dim_place as place on entity.place_key = place.place_key
    where
        place.place_key is null
        or (entity.place_key >= 0) <> (entity.place_rule is not null)
        or (entity.place_key >= 0) <> coalesce(entity.place_score between 0 and 1, false)
)

select
    entity_id,
    place_key,
    place_rule
from dim_entity
where rowid in (select bad.row_number from bad)
union all
select
    '' as entity_id,
    place.place_key,
    '' as place_rule
from dim_place as place
anti join dim_entity as entity on place.place_key = entity.place_key
where place.place_key >= 0;
