-- Grain: an outlet x a day that is counted anew x a page.
-- Reads: changed_day, source_fetch, article_provenance. Writes: temporary page_day.
-- A page counts once a day. What it brought is told by its bytes: a content is new on the day, and with the page, that
-- had it first. A page of which the server says that we have it, and which never was an article, stays refused.

create or replace temp table asked_page as
select
    fetched.source_id,
    fetched.url,
    cast(fetched.fetched_at as date) as fetched_date,
    fetched.outcome,
    fetched.raw_hash
from source_fetch as fetched
semi join changed_day as changed
    on fetched.source_id = changed.source_id and cast(fetched.fetched_at as date) = changed.day_date
where fetched.kind = 'page' and fetched.fetched_at >= (select min(earliest.day_date) from changed_day as earliest);

-- A page that holds several documents has them at its address with an anchor, under hashes of their own.
-- By their numbers: a text that is looked for has DuckDB read all columns of all rows.
create or replace temp table page_number as
select rowid as row_number
from article_provenance
where ingested_uri in (select asked_page.url from asked_page)
union
select rowid as row_number
from article_provenance
where
    contains(ingested_uri, '#')
    and split_part(ingested_uri, '#', 1) in (select asked_page.url from asked_page);

create or replace temp table page_content as
select distinct
    article_id,
    content_hash
from article_provenance
where rowid in (select page_number.row_number from page_number);

create or replace temp table content_number as
select rowid as row_number
from article_provenance
where article_id in (select page_content.article_id from page_content);

create or replace temp table page_document as
with document as (
    select
        article_id,
        content_hash,
        raw_hash,
        ingested_uri,
        ingested_at,
        split_part(ingested_uri, '#', 1) as page_url
    from article_provenance
    where rowid in (select content_number.row_number from content_number)
)

select document.*
from document
semi join page_content as found
    on document.article_id = found.article_id and document.content_hash = found.content_hash;

create or replace temp table page_day as
with first_sight as (
    select
        article_id,
        content_hash,
        arg_min(ingested_uri, (ingested_at, ingested_uri)) as first_uri,
        arg_min(page_url, (ingested_at, ingested_uri)) as first_page_url,
        cast(min(ingested_at) as date) as first_date
    from page_document
    group by article_id, content_hash
),

brought as (
    select
        asked.source_id,
        asked.url,
        asked.fetched_date,
        given.article_id,
        given.content_hash
    from asked_page as asked
    inner join page_document as given on asked.url = given.ingested_uri and asked.raw_hash = given.raw_hash
    union
    select
        asked.source_id,
        asked.url,
        asked.fetched_date,
        given.article_id,
        given.content_hash
    from asked_page as asked
    inner join page_document as given on asked.url = given.page_url
    where asked.outcome = 'fetched' and given.ingested_uri <> given.page_url
),

known_page as (
    select distinct page_url
    from page_document
),

judged as (
    select
        asked.source_id,
        asked.url,
        asked.fetched_date,
        asked.outcome <> 'failed' as is_received,
        asked.outcome = 'unmodified' and known_page.page_url is not null as is_known,
        false as is_new,
        false as is_first
    from asked_page as asked
    left join known_page on asked.url = known_page.page_url
    union all by name
    select
        brought.source_id,
        brought.url,
        brought.fetched_date,
        true as is_received,
        true as is_known,
        first_sight.first_date = brought.fetched_date as is_new,
        brought.url = first_sight.first_uri or brought.url = first_sight.first_page_url as is_first
    from brought
    inner join first_sight
        on brought.article_id = first_sight.article_id and brought.content_hash = first_sight.content_hash
)

select
    source_id,
    fetched_date,
    url,
    bool_or(is_received) as is_received,
    case
        when bool_or(is_new and is_first) then 'loaded'
        when bool_or(is_new) then 'duplicate'
        when bool_or(is_known) then 'unchanged'
        else 'rejected'
    end as result
from judged
group by source_id, fetched_date, url;

drop table asked_page;
drop table page_number;
drop table page_content;
drop table content_number;
drop table page_document;
