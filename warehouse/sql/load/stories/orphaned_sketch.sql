-- Grain: a text that no version has any more.
-- Reads: dropped_text, dim_article, text_sketch. Writes: text_sketch, wording_band, wording_pair; temporary
-- changed_band, touched_wording; dropped_text: nothing is left.

create or replace temp table orphaned_sketch as
select
    sketch.text_hash,
    sketch.wording_key
from text_sketch as sketch
where
    sketch.text_hash in (
        select dropped_text.text_hash
        from dropped_text
        anti join dim_article as article on dropped_text.text_hash = article.text_hash
    );

delete from dropped_text;

delete from text_sketch
where text_hash in (select orphaned_sketch.text_hash from orphaned_sketch);

create or replace temp table orphaned_wording as
select distinct orphaned_sketch.wording_key
from orphaned_sketch
anti join text_sketch as sketch on orphaned_sketch.wording_key = sketch.wording_key;

insert into changed_band
select band.band_hash
from wording_band as band
semi join orphaned_wording as orphaned on band.wording_key = orphaned.wording_key;

insert into touched_wording
select wording_key_a
from wording_pair
where is_copy and wording_key_b in (select orphaned_wording.wording_key from orphaned_wording)
union all
select wording_key_b
from wording_pair
where is_copy and wording_key_a in (select orphaned_wording.wording_key from orphaned_wording);

delete from wording_band
where wording_key in (select orphaned_wording.wording_key from orphaned_wording);

delete from wording_pair
where
    wording_key_a in (select orphaned_wording.wording_key from orphaned_wording)
    or wording_key_b in (select orphaned_wording.wording_key from orphaned_wording);
