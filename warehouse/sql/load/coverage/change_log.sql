-- Grain: what changed since days were counted.
-- Reads: nothing. Writes: temporary asked_day, changed_page (without raw_hash whatever it had), former_source,
-- lapsed_source (outlets that the sources file names no more), changed_outlet: empty unless this connection loaded
-- something. An outlet is judged anew from the
-- day on which changed_outlet has it.

create temp table if not exists asked_day (source_id varchar, day_date date);
create temp table if not exists changed_page (url varchar, raw_hash varchar);
create temp table if not exists former_source (source_key bigint, source_id varchar);
create temp table if not exists lapsed_source (source_id varchar);
create temp table if not exists changed_outlet (source_id varchar, since_date date);
