-- Grain: a version of an article x a date in or around its documents, once a reading.
-- Reads: incoming_version, version_before, article_date. Writes: fact_date_candidate: all rows of the articles given.
-- Of several dates that explain published_at one is marked: what was loaded without a record of its dates comes last.

delete from fact_date_candidate
where article_key in (select version_before.article_key from version_before);

-- By their numbers: a text that is looked for has DuckDB read all columns of all rows, and does so in a join.
create or replace temp table near_date as
select *
from article_date
where
    rowid in (
        select numbered.rowid
        from article_date as numbered
        where numbered.article_id in (select incoming_version.article_id from incoming_version)
    );

insert into fact_date_candidate by name
with candidate as (
    select
        incoming.article_key,
        known.method,
        known.raw_text,
        known.candidate_at,
        known.zone_source,
        coalesce(known.is_chosen and known.candidate_at = cast(incoming.published_at as timestamp), false) as explains
    from incoming_version as incoming
    inner join near_date as known
        on incoming.article_id = known.article_id and incoming.content_hash = known.content_hash
)

select
    candidate.* exclude (explains),
    candidate.explains
    and row_number() over (
        partition by candidate.article_key, candidate.explains
        order by candidate.method = 'unrecorded', candidate.method, candidate.raw_text, candidate.zone_source
    ) = 1 as is_chosen
from candidate;

drop table near_date;
