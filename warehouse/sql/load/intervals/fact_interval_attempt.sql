-- Grain: an outlet x a data interval x a run that was to load it.
-- Reads: incoming_attempt. Writes: fact_interval_attempt: those that are not there.

insert into fact_interval_attempt by name
select incoming.*
from incoming_attempt as incoming
anti join fact_interval_attempt as held on incoming.run_key = held.run_key and incoming.source_id = held.source_id
order by incoming.interval_start, incoming.source_id, incoming.run_key;
