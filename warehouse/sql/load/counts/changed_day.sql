-- Grain: an entity on a day, and a pair of entities, whose counts have to be made anew.
-- Reads: nothing. Writes: temporary changed_day (the day -1 for undated articles), changed_pair: empty.

create or replace temp table changed_day (entity_key bigint, date_key integer);
create or replace temp table changed_pair (entity_key_a bigint, entity_key_b bigint);
