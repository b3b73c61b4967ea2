-- Grain: an observed name, as often as its mentions changed.
-- Reads: nothing. Writes: temporary touched_name, empty unless this connection loaded something.

create temp table if not exists touched_name (observed_key bigint);
