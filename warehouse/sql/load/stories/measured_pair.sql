-- Grain: a pair of wordings that share a band.
-- Reads: incoming_pair. Writes: wording_pair; temporary touched_wording.

insert into wording_pair by name
select * from incoming_pair;

insert into touched_wording
select unnest([wording_key_a, wording_key_b])
from incoming_pair
where is_copy;
