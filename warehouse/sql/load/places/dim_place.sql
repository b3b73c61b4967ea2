-- Grain: a place that some entity is.
-- Reads: incoming_place, incoming_entity_place. Writes: dim_place.

delete from dim_place
where place_key >= 0;

insert into dim_place by name
select *
from incoming_place
where place_key in (select incoming_entity_place.place_key from incoming_entity_place)
order by place_key;
