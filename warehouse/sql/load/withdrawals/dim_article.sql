-- Grain: a version of an article.
-- Reads: article_withdrawal, article_provenance, source_fetch, dim_article. Writes: dim_article.is_withdrawn and
-- withdrawn_at.
-- A notice is enough by itself. By the answers of servers an article is withdrawn when all its addresses that were ever
-- asked for are gone, and since the last of them is.

create or replace temp table withdrawn_article as
with asked_page as (
    select distinct
        known.article_id,
        known.ingested_uri
    from article_provenance as known
    semi join source_fetch as asked on known.ingested_uri = asked.url and asked.kind = 'page'
    semi join article_withdrawal as evidence on known.article_id = evidence.article_id
),

gone_page as (
    select
        article_id,
        ingested_uri,
        min(first_at) as gone_at
    from article_withdrawal
    where method in ('http_404', 'http_410')
    group by article_id, ingested_uri
    having bool_or(is_decisive)
),

gone as (
    select
        asked_page.article_id,
        max(gone_page.gone_at) as withdrawn_at
    from asked_page
    left join gone_page
        on asked_page.article_id = gone_page.article_id and asked_page.ingested_uri = gone_page.ingested_uri
    group by asked_page.article_id
    having count(*) = count(gone_page.gone_at)
),

noticed as (
    select
        article_id,
        min(first_at) as withdrawn_at
    from article_withdrawal
    where method not in ('http_404', 'http_410')
    group by article_id
),

judged as (
    select * from gone
    union all by name
    select * from noticed
)

select
    article_id,
    min(withdrawn_at) as withdrawn_at
from judged
group by article_id;

update dim_article
set
    is_withdrawn = true,
    withdrawn_at = withdrawn_article.withdrawn_at
from withdrawn_article
where
    dim_article.article_id = withdrawn_article.article_id
    and dim_article.withdrawn_at is distinct from withdrawn_article.withdrawn_at;

update dim_article
set
    is_withdrawn = false,
    withdrawn_at = null
where
    is_withdrawn
    and article_id not in (select withdrawn_article.article_id from withdrawn_article);
