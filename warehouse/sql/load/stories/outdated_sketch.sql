-- Grain: a text, a wording, a pair of wordings.
-- Reads: text_sketch. Writes: text_sketch, wording_band, wording_pair: nothing is kept if any was made by other code.
-- Sketches of two kinds cannot be compared.

create or replace temp table outdated_sketch as
select min(text_hash) as text_hash
from text_sketch
where sketch_id <> $sketch_id
having count(*) > 0;

delete from wording_band
where exists (select 1 from outdated_sketch);

delete from wording_pair
where exists (select 1 from outdated_sketch);

delete from text_sketch
where exists (select 1 from outdated_sketch);
