-- Grain: article x method x address.
-- Reads: page_answer, withdrawal_notice, article_provenance, article_observation.
-- Writes: article_withdrawal, all of it.
-- What a page says is contradicted when it comes again without saying it; what a notice says, and all else, by a
-- version that dates itself later. A 404 does not say that it is for good (RFC 9110, 15.5.5): it is decisive on the
-- second day.

delete from article_withdrawal;

insert into article_withdrawal (
    article_id, method, evidence_count, first_at, last_at, is_decisive, ingested_uri
)
with last_there as (
    select
        article_id,
        url,
        max(fetched_at) as there_at
    from page_answer
    where state = 'there'
    group by article_id, url
),

page_evidence as (
    select
        answer.article_id,
        answer.state as said_by,
        answer.url as ingested_uri,
        count(*) as evidence_count,
        count(distinct cast(answer.fetched_at as date)) as day_count,
        min(answer.fetched_at) as first_at,
        max(answer.fetched_at) as last_at
    from page_answer as answer
    left join last_there on answer.article_id = last_there.article_id and answer.url = last_there.url
    where answer.state <> 'there' and (last_there.there_at is null or answer.fetched_at > last_there.there_at)
    group by answer.article_id, answer.state, answer.url
),

-- The page of an article speaks by its answers.
notice as (
    select given.*
    from withdrawal_notice as given
    anti join page_answer as answer on given.ingested_uri = answer.url
),

meant as (
    select
        notice.article_id,
        notice.method as said_by,
        notice.stated_at,
        notice.ingested_uri,
        notice.raw_hash
    from notice
    semi join article_provenance as known on notice.article_id = known.article_id
    union
    select
        known.article_id,
        notice.method as said_by,
        notice.stated_at,
        notice.ingested_uri,
        notice.raw_hash
    from notice
    inner join article_provenance as known
        on notice.source_id = known.source_id and notice.external_id = known.external_id
),

notice_evidence as (
    select
        article_id,
        said_by,
        min(ingested_uri) as ingested_uri,
        count(distinct concat(stated_at, ' ', raw_hash)) as evidence_count,
        1 as day_count,
        min(stated_at) as first_at,
        max(stated_at) as last_at
    from meant
    group by article_id, said_by
),

evidence as (
    select * from page_evidence
    union all by name
    select * from notice_evidence
),

restated as (
    select
        article_id,
        max(coalesce(modified_at, published_at)) as restated_at
    from article_observation
    where article_id in (select evidence.article_id from evidence)
    group by article_id
)

select
    evidence.article_id,
    evidence.said_by,
    evidence.evidence_count,
    evidence.first_at,
    evidence.last_at,
    evidence.said_by <> 'http_404' or evidence.day_count >= $min_gone_day_count as is_decisive,
    evidence.ingested_uri
from evidence
inner join restated on evidence.article_id = restated.article_id
where restated.restated_at is null or restated.restated_at <= evidence.last_at;
