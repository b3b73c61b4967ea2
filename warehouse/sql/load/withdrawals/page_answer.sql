-- Grain: an answer to a question for a page of an article, of those that were ever gone, or withdrawn by what they say.
-- Reads: source_fetch, article_provenance, withdrawal_notice. Writes: temporary page_answer.
-- The detail of an http_error opens with the status of the answer. A page that came and is no article (a front page, to
-- which the server sends on) says nothing of the article; one that is unmodified says what it said when it came.

create or replace temp table page_answer as
with stated as (
    select
        ingested_uri as url,
        raw_hash,
        min(method) as said_by
    from withdrawal_notice
    group by ingested_uri, raw_hash
),

suspect as (
    select url
    from source_fetch
    where kind = 'page' and reason = 'http_error' and (starts_with(detail, '410 ') or starts_with(detail, '404 '))
    union
    select url
    from stated
),

content as (
    select distinct
        known.article_id,
        known.ingested_uri as url,
        known.raw_hash
    from article_provenance as known
    semi join suspect on known.ingested_uri = suspect.url
),

answer as (
    select distinct
        fetched.url,
        fetched.fetched_at,
        fetched.outcome,
        fetched.raw_hash,
        case
            when fetched.reason = 'http_error' and starts_with(fetched.detail, '410 ') then 'http_410'
            when fetched.reason = 'http_error' and starts_with(fetched.detail, '404 ') then 'http_404'
        end as gone_method
    from source_fetch as fetched
    semi join suspect on fetched.url = suspect.url
    where fetched.kind = 'page'
),

came as (
    select
        answer.url,
        answer.fetched_at,
        answer.outcome,
        answer.gone_method,
        case
            when answer.outcome <> 'fetched' then null
            when stated.said_by is not null then stated.said_by
            when exists (
                select 1
                from content
                where content.url = answer.url and content.raw_hash = answer.raw_hash
            ) then 'there'
        end as content_state
    from answer
    left join stated on answer.url = stated.url and answer.raw_hash = stated.raw_hash
),

told as (
    select
        url,
        fetched_at,
        case outcome
            when 'failed' then gone_method
            when 'fetched' then content_state
            else last_value(content_state ignore nulls) over (
                partition by url order by fetched_at asc rows between unbounded preceding and current row
            )
        end as state
    from came
)

select distinct
    content.article_id,
    told.url,
    told.fetched_at,
    told.state
from told
inner join content on told.url = content.url
where told.state is not null;
