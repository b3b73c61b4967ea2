-- Protects: a row of dim_place is a place, and lies on the earth.
-- Returns: the places that are there twice, and those with half a position or one that there is not.

select
    geonames_id,
    count(*) as row_count
from dim_place
where place_key >= 0
group by geonames_id
having
    count(*) > 1
    or count(*) filter (
        where (latitude is null) <> (longitude is null) or abs(latitude) > 90 or abs(longitude) > 180
    ) > 0;
