-- Grain: a name that is not decided without its company x a name it may stand for.
-- Reads: incoming_undecided, name_pair. Writes: temporary undecided_pair.

insert into undecided_pair by name
select *
from name_pair
where observed_key in (select incoming_undecided.observed_key from incoming_undecided);
