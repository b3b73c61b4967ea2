-- Grain: an article that those of the last step are linked with: by a wording of theirs, or by a copy of one.
-- Reads: reached_article, touched_wording, added_version, dim_article, text_sketch, wording_pair. Writes: temporary
-- reached_article: those not met before, under the next number; article_wording: the wordings of the last step's
-- articles; reached_wording: with these. Each table is asked for the keys of a step alone: to join all texts with their
-- articles takes longer than all steps do.

create or replace temp table step_wording as
with fresh as (
    select article_id
    from reached_article
    where step_number = $step_number
),

version as (
    select
        article_id,
        text_hash
    from dim_article
    where
        rowid >= coalesce(getvariable('watermark_dim_article'), 0)
        and article_id in (select fresh.article_id from fresh)
        and article_key >= 0
    union all
    select
        article_id,
        text_hash
    from dim_article
    where
        rowid < coalesce(getvariable('watermark_dim_article'), 0)
        and article_id in (
            select fresh.article_id
            from fresh
            anti join added_version on fresh.article_id = added_version.article_id
        )
        and article_key >= 0
),

sketch as (
    select
        text_hash,
        wording_key
    from text_sketch
    where text_hash in (select version.text_hash from version)
)

select distinct
    version.article_id,
    sketch.wording_key
from version
inner join sketch on version.text_hash = sketch.text_hash;

insert into article_wording by name
select *
from step_wording;

create or replace temp table fresh_wording as
with met as (
    select wording_key
    from step_wording
    union
    select wording_key
    from touched_wording
)

select met.wording_key
from met
anti join reached_wording as reached on met.wording_key = reached.wording_key;

insert into reached_wording
select wording_key
from fresh_wording;

insert into reached_article by name
with near_wording as (
    select wording_key
    from fresh_wording
    union
    select wording_key_b
    from wording_pair
    where is_copy and wording_key_a in (select fresh_wording.wording_key from fresh_wording)
    union
    select wording_key_a
    from wording_pair
    where is_copy and wording_key_b in (select fresh_wording.wording_key from fresh_wording)
),

near_text as (
    select text_hash
    from text_sketch
    where wording_key in (select near_wording.wording_key from near_wording)
),

near as (
    select distinct article_id
    from dim_article
    where text_hash in (select near_text.text_hash from near_text) and article_key >= 0
)

select
    near.article_id,
    cast($step_number as integer) + 1 as step_number
from near
anti join reached_article as reached on near.article_id = reached.article_id;
