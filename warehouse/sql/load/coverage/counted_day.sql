-- Grain: an outlet x a day on which it was asked.
-- Reads: page_day, changed_day, source_fetch, fact_source_coverage, former_source, dim_source, dim_date. Writes:
-- temporary counted_day: the days that changed, counted anew; the others as they were counted.

create or replace temp table counted_day as
with answered as (
    select
        fetched.source_id,
        cast(fetched.fetched_at as date) as fetched_date,
        fetched.url,
        bool_or(fetched.outcome <> 'failed') as is_answered
    from source_fetch as fetched
    semi join changed_day as changed
        on fetched.source_id = changed.source_id and cast(fetched.fetched_at as date) = changed.day_date
    where fetched.kind <> 'page'
    group by all
),

listing_count as (
    select
        source_id,
        fetched_date,
        count(*) as listing_count,
        count_if(not is_answered) as failed_listing_count
    from answered
    group by source_id, fetched_date
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

owner as (
    select
        source_key,
        source_id
    from former_source
    union
    select
        source_key,
        source_id
    from dim_source
)

select
    changed.source_id,
    changed.day_date,
    coalesce(page_count.expected_count, 0) as expected_count,
    coalesce(page_count.received_count, 0) as received_count,
    coalesce(page_count.loaded_count, 0) as loaded_count,
    coalesce(page_count.unchanged_count, 0) as unchanged_count,
    coalesce(page_count.duplicate_count, 0) as duplicate_count,
    coalesce(page_count.rejected_count, 0) as rejected_count,
    coalesce(listing_count.listing_count, 0) as listing_count,
    coalesce(listing_count.failed_listing_count, 0) as failed_listing_count
from changed_day as changed
left join page_count
    on changed.source_id = page_count.source_id and changed.day_date = page_count.fetched_date
left join listing_count
    on changed.source_id = listing_count.source_id and changed.day_date = listing_count.fetched_date
union all by name
select
    owner.source_id,
    calendar.date as day_date,
    held.* exclude (source_key, date_key, status)
from fact_source_coverage as held
inner join owner on held.source_key = owner.source_key
inner join dim_date as calendar on held.date_key = calendar.date_key
anti join changed_day as changed on owner.source_id = changed.source_id and calendar.date = changed.day_date
where held.expected_count + held.listing_count > 0;
