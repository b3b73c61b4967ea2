-- Grain: an outlet that is fetched x a day since it was first asked.
-- Reads: source_fetch, source_version, article_provenance, idle_day, dim_source, dim_date.
-- Writes: fact_source_coverage, all of it.
-- A day on which an outlet was not asked has a row if the sources file has it, and it is due. A page counts once a day.
-- What it brought is told by its bytes: a content is new on the day, and with the page, that had it first. A page of
-- which the server says that we have it, and which never was an article, stays refused.

create or replace temp table page_day as
with asked as (
    select
        source_id,
        url,
        cast(fetched_at as date) as fetched_date,
        outcome,
        raw_hash
    from source_fetch
    where kind = 'page'
),

-- A page that holds several documents has them at its address with an anchor, under hashes of their own.
document as (
    select
        article_id,
        content_hash,
        raw_hash,
        ingested_uri,
        ingested_at,
        split_part(ingested_uri, '#', 1) as page_url
    from article_provenance
),

first_sight as (
    select
        article_id,
        content_hash,
        arg_min(ingested_uri, (ingested_at, ingested_uri)) as first_uri,
        arg_min(page_url, (ingested_at, ingested_uri)) as first_page_url,
        cast(min(ingested_at) as date) as first_date
    from document
    group by article_id, content_hash
),

brought as (
    select
        asked.source_id,
        asked.url,
        asked.fetched_date,
        document.article_id,
        document.content_hash
    from asked
    inner join document on asked.url = document.ingested_uri and asked.raw_hash = document.raw_hash
    union
    select
        asked.source_id,
        asked.url,
        asked.fetched_date,
        document.article_id,
        document.content_hash
    from asked
    inner join document on asked.url = document.page_url
    where asked.outcome = 'fetched' and document.ingested_uri <> document.page_url
),

known_page as (
    select distinct page_url
    from document
),

judged as (
    select
        asked.source_id,
        asked.url,
        asked.fetched_date,
        outcome <> 'failed' as is_received,
        outcome = 'unmodified' and known_page.page_url is not null as is_known,
        false as is_new,
        false as is_first
    from asked
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

create or replace temp table listing_day as
with answered as (
    select
        source_id,
        cast(fetched_at as date) as fetched_date,
        url,
        bool_or(outcome <> 'failed') as is_answered
    from source_fetch
    where kind <> 'page'
    group by all
)

select
    source_id,
    fetched_date,
    count(*) as listing_count,
    count_if(not is_answered) as failed_listing_count
from answered
group by source_id, fetched_date;

delete from fact_source_coverage;

insert into fact_source_coverage by name
with span as (
    select
        source_id,
        min(cast(fetched_at as date)) as first_date,
        (select max(cast(latest.fetched_at as date)) from source_fetch as latest) as last_date
    from source_fetch
    group by source_id
),

source_day as (
    select
        span.source_id,
        calendar.date_key,
        calendar.date as day_date
    from span
    inner join dim_date as calendar on calendar.date between span.first_date and span.last_date
),

page_count as (
    select
        source_id,
        fetched_date,
        count(*) as expected_count,
        count_if(is_received) as received_count,
        count_if(result = 'loaded') as loaded_count,
        count_if(result = 'unchanged') as unchanged_count,
        count_if(result = 'duplicate') as duplicate_count,
        count_if(result = 'rejected') as rejected_count
    from page_day
    group by source_id, fetched_date
),

counted as (
    select
        outlet.source_key,
        source_day.date_key,
        coalesce(page_count.expected_count, 0) as expected_count,
        coalesce(page_count.received_count, 0) as received_count,
        coalesce(page_count.loaded_count, 0) as loaded_count,
        coalesce(page_count.unchanged_count, 0) as unchanged_count,
        coalesce(page_count.duplicate_count, 0) as duplicate_count,
        coalesce(page_count.rejected_count, 0) as rejected_count,
        coalesce(listing_day.listing_count, 0) as listing_count,
        coalesce(listing_day.failed_listing_count, 0) as failed_listing_count
    from source_day
    inner join dim_source as outlet
        on
            source_day.source_id = outlet.source_id
            and source_day.day_date >= outlet.valid_from
            and source_day.day_date < outlet.valid_to
    left join source_version
        on
            source_day.source_id = source_version.source_id
            and source_day.day_date >= source_version.valid_from
            and source_day.day_date < source_version.valid_to
    left join idle_day
        on source_day.source_id = idle_day.source_id and source_day.day_date = idle_day.date
    left join page_count
        on source_day.source_id = page_count.source_id and source_day.day_date = page_count.fetched_date
    left join listing_day
        on source_day.source_id = listing_day.source_id and source_day.day_date = listing_day.fetched_date
    where
        (source_version.source_id is not null and idle_day.date is null)
        or page_count.source_id is not null
        or listing_day.source_id is not null
)

select
    counted.*,
    case
        when expected_count + listing_count = 0 then 'gap'
        when received_count = 0 and failed_listing_count = listing_count then 'error'
        when failed_listing_count + rejected_count > 0 then 'partial'
        when loaded_count = 0 then 'quiet'
        else 'complete'
    end as status
from counted;
