-- Grain: a place that some entity is.
-- Reads: incoming_place, dim_entity. Writes: dim_place.

create or replace temp table used_place as
select distinct place_key
from dim_entity
where place_key >= 0;

delete from dim_place
where place_key >= 0;

insert into dim_place by name
select *
from incoming_place
where place_key in (select used_place.place_key from used_place)
order by place_key;

drop table used_place;
