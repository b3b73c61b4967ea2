-- Grain: a text; a band of a wording.
-- Reads: incoming_sketch, dim_article, text_sketch. Writes: text_sketch, wording_band: of texts that some version has;
-- temporary changed_wording, changed_band.

-- Of the long tables only what has these texts: DuckDB would hash all of them to leave out those that are known.
create or replace temp table new_sketch as
with used as (
    select text_hash
    from dim_article
    where text_hash in (select incoming_sketch.text_hash from incoming_sketch)
),

known as (
    select text_hash
    from text_sketch
    where text_hash in (select incoming_sketch.text_hash from incoming_sketch)
)

select distinct on (incoming.text_hash) incoming.*
from incoming_sketch as incoming
semi join used on incoming.text_hash = used.text_hash
anti join known on incoming.text_hash = known.text_hash
order by incoming.text_hash;

create or replace temp table new_wording as
select distinct on (fresh.wording_key)
    fresh.wording_key,
    fresh.bands
from new_sketch as fresh
anti join text_sketch as known on fresh.wording_key = known.wording_key
order by fresh.wording_key;

create or replace temp table new_band as
select
    wording_key,
    unnest(bands) as band_hash
from new_wording;

insert into text_sketch by name
select
    text_hash,
    cast($sketch_id as varchar) as sketch_id,
    wording_key,
    word_count
from new_sketch;

insert into wording_band by name
select * from new_band;

insert into changed_band
select band_hash
from new_band;

insert into changed_wording
select wording_key
from new_wording;

insert into touched_wording
select distinct wording_key
from new_sketch;
