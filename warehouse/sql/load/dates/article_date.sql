-- Grain: article_id x content_hash x method x raw_text x candidate_at x zone_source.
-- Reads: incoming_date, article_date. Writes: article_date.
-- It is chosen when a document of them chose it, and ingested when the last of them was: in any order the same.

create or replace temp table kept_date as
with candidate as (
    select known.*
    from article_date as known
    semi join incoming_date as incoming on known.article_id = incoming.article_id
    union all by name
    select
        incoming.* replace (
            cast(incoming.candidate_at as timestamp) as candidate_at,
            cast(incoming.ingested_at as timestamp) as ingested_at
        )
    from incoming_date as incoming
)

select
    candidate.article_id,
    candidate.content_hash,
    candidate.method,
    candidate.raw_text,
    candidate.candidate_at,
    candidate.zone_source,
    bool_or(candidate.is_chosen) as is_chosen,
    max(candidate.ingested_at) as ingested_at
from candidate
group by all;

delete from article_date
where article_id in (select kept_date.article_id from kept_date);

insert into article_date by name
select * from kept_date;
