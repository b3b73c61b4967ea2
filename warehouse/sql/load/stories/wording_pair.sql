-- Grain: a pair of wordings that share a band and have not been compared.
-- Reads: changed_wording, changed_band, wording_band, text_sketch, wording_pair. Writes: temporary unmeasured_pair, in
-- batches of bounded size; wording_pair: pairs that share no band any more go.
-- In each band all wordings are paired with the $hub_count that have the smallest keys, and not all with all: a form
-- that thousands of texts share costs thousands of comparisons and not millions. Which pairs there are follows from
-- the wordings that are there, whenever they came.

-- All bands that were there have to be looked through, but few are one of these: by their numbers little is read of the
-- wordings.
create or replace temp table former_number as
select rowid as row_number
from wording_band
where
    rowid < coalesce(getvariable('watermark_wording_band'), 0)
    and band_hash in (select changed_band.band_hash from changed_band);

create or replace temp table near_band as
select
    band_hash,
    wording_key
from wording_band
where
    rowid >= coalesce(getvariable('watermark_wording_band'), 0)
    and band_hash in (select changed_band.band_hash from changed_band)
union all
select
    band_hash,
    wording_key
from wording_band
where rowid in (select former_number.row_number from former_number);

drop table former_number;

-- Those whose pairs may have changed: new ones, and all in a band so crowded that its hubs may be others now.
create or replace temp table affected_wording as
with change_count as (
    select
        band_hash,
        count(*) as row_count
    from changed_band
    group by band_hash
),

crowded as (
    select change_count.band_hash
    from change_count
    inner join near_band as band on change_count.band_hash = band.band_hash
    group by change_count.band_hash, change_count.row_count
    having count(*) + change_count.row_count > $hub_count
)

select wording_key
from changed_wording
union
select band.wording_key
from near_band as band
semi join crowded on band.band_hash = crowded.band_hash;

-- The bands of new wordings are among those that changed; those that were there have others, too.
insert into near_band by name
with other_band as (
    select band_hash
    from wording_band
    where
        wording_key in (
            select affected.wording_key
            from affected_wording as affected
            anti join changed_wording as changed on affected.wording_key = changed.wording_key
        )
    except
    select band_hash
    from near_band
)

select
    band_hash,
    wording_key
from wording_band
where band_hash in (select other_band.band_hash from other_band);

create or replace temp table candidate_pair as
with affected_band as (
    select distinct band.band_hash
    from near_band as band
    semi join affected_wording as affected on band.wording_key = affected.wording_key
),

ranked as (
    select
        band.band_hash,
        band.wording_key,
        row_number() over (partition by band.band_hash order by band.wording_key) as rank_number,
        affected.wording_key is not null as is_affected
    from near_band as band
    semi join affected_band on band.band_hash = affected_band.band_hash
    left join affected_wording as affected on band.wording_key = affected.wording_key
)

select distinct
    hub.wording_key as wording_key_a,
    other.wording_key as wording_key_b
from ranked as hub
inner join ranked as other on hub.band_hash = other.band_hash and hub.rank_number < other.rank_number
where hub.rank_number <= $hub_count and (hub.is_affected or other.is_affected);

create or replace temp table lapsed_pair as
select
    known.wording_key_a,
    known.wording_key_b,
    known.is_copy
from wording_pair as known
left join affected_wording as affected_a on known.wording_key_a = affected_a.wording_key
left join affected_wording as affected_b on known.wording_key_b = affected_b.wording_key
anti join candidate_pair as candidate
    on known.wording_key_a = candidate.wording_key_a and known.wording_key_b = candidate.wording_key_b
where affected_a.wording_key is not null or affected_b.wording_key is not null;

insert into touched_wording
select unnest([wording_key_a, wording_key_b])
from lapsed_pair
where is_copy;

delete from wording_pair
using lapsed_pair
where
    wording_pair.wording_key_a = lapsed_pair.wording_key_a
    and wording_pair.wording_key_b = lapsed_pair.wording_key_b;

create or replace temp table unmeasured_pair as
with wording as (
    select
        wording_key,
        max(word_count) as word_count
    from text_sketch
    where
        wording_key in (
            select candidate_pair.wording_key_a from candidate_pair
            union
            select candidate_pair.wording_key_b from candidate_pair
        )
    group by wording_key
)

select
    candidate.wording_key_a,
    candidate.wording_key_b,
    sum(wording_a.word_count + wording_b.word_count) over (
        order by candidate.wording_key_a, candidate.wording_key_b rows unbounded preceding
    ) // $batch_word_count as batch_number
from candidate_pair as candidate
anti join wording_pair as known
    on candidate.wording_key_a = known.wording_key_a and candidate.wording_key_b = known.wording_key_b
inner join wording as wording_a on candidate.wording_key_a = wording_a.wording_key
inner join wording as wording_b on candidate.wording_key_b = wording_b.wording_key;
