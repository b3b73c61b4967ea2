-- Grain: a version of an article x a date in or around its documents, once a reading.
-- Reads: incoming_version, version_before, article_date. Writes: fact_date_candidate: all rows of the articles given.
-- Of several dates that explain published_at one is marked: what was loaded without a record of its dates comes last.

delete from fact_date_candidate
where article_key in (select version_before.article_key from version_before);

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
    inner join article_date as known
        on incoming.article_id = known.article_id and incoming.content_hash = known.content_hash
    where known.article_id in (select given.article_id from incoming_version as given)
)

select
    candidate.* exclude (explains),
    candidate.explains
    and row_number() over (
        partition by candidate.article_key, candidate.explains
        order by candidate.method = 'unrecorded', candidate.method, candidate.raw_text, candidate.zone_source
    ) = 1 as is_chosen
from candidate;
