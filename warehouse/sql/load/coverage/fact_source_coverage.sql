-- Grain: an outlet that is fetched x a day since it was first asked.
-- Reads: counted_day, source_fetch, source_version, idle_day, former_source, dim_source, dim_date.
-- Writes: fact_source_coverage, the rows that are others now; temporary changed_outlet: since when those of an outlet
-- are. A day on which an outlet was not asked has a row if the sources file has it, and it is due: these are told anew
-- for all days, since the last day of any outlet, and the sources file, make them come and go.

create or replace temp table covered_day as
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

counted as (
    select
        outlet.source_key,
        source_day.date_key,
        cast(coalesce(counted_day.expected_count, 0) as integer) as expected_count,
        cast(coalesce(counted_day.received_count, 0) as integer) as received_count,
        cast(coalesce(counted_day.loaded_count, 0) as integer) as loaded_count,
        cast(coalesce(counted_day.unchanged_count, 0) as integer) as unchanged_count,
        cast(coalesce(counted_day.duplicate_count, 0) as integer) as duplicate_count,
        cast(coalesce(counted_day.rejected_count, 0) as integer) as rejected_count,
        cast(coalesce(counted_day.listing_count, 0) as integer) as listing_count,
        cast(coalesce(counted_day.failed_listing_count, 0) as integer) as failed_listing_count
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
    left join counted_day
        on source_day.source_id = counted_day.source_id and source_day.day_date = counted_day.day_date
    where (source_version.source_id is not null and idle_day.date is null) or counted_day.source_id is not null
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

create or replace temp table held_day as
select
    source_key,
    date_key,
    expected_count,
    received_count,
    loaded_count,
    unchanged_count,
    duplicate_count,
    rejected_count,
    listing_count,
    failed_listing_count,
    status
from fact_source_coverage;

create or replace temp table lapsed_day as
select *
from held_day
except
select *
from covered_day;

create or replace temp table fresh_day as
select *
from covered_day
except
select *
from held_day;

delete from fact_source_coverage
using lapsed_day as lapsed
where fact_source_coverage.source_key = lapsed.source_key and fact_source_coverage.date_key = lapsed.date_key;

insert into fact_source_coverage by name
select *
from fresh_day
order by source_key, date_key;

insert into changed_outlet
with changed as (
    select
        source_key,
        date_key
    from lapsed_day
    union
    select
        source_key,
        date_key
    from fresh_day
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
    owner.source_id,
    min(calendar.date) as since_date
from changed
inner join owner on changed.source_key = owner.source_key
inner join dim_date as calendar on changed.date_key = calendar.date_key
group by owner.source_id;

delete from asked_day;
delete from changed_page;

drop table covered_day;
drop table held_day;
drop table lapsed_day;
drop table fresh_day;
