-- Grain: an outlet x a day (UTC), every day from the first to the last that anything is known of.
-- Reads: source_day_total, dim_source, dim_date, fact_source_coverage. Defines: mart_source_daily.
-- Coverage is by the day of the fetch, articles by the day of publication: on most days these are the same.

create or replace view mart_source_daily as
with outlet as (
    select
        held.source_key,
        latest.source_id
    from dim_source as held
    inner join dim_source as latest on held.source_id = latest.source_id
    where latest.is_current
),

printed as (
    select
        outlet.source_id,
        total.date_key,
        total.article_count,
        total.story_count,
        total.duplicate_count,
        total.mention_count
    from source_day_total as total
    inner join outlet on total.source_key = outlet.source_key
    where total.date_key > 0
),

covered as (
    select
        outlet.source_id,
        coverage.date_key,
        coverage.status,
        coverage.expected_count,
        coverage.received_count,
        coverage.rejected_count
    from fact_source_coverage as coverage
    inner join outlet on coverage.source_key = outlet.source_key
),

known as (
    select
        source_id,
        date_key
    from printed
    union
    select
        source_id,
        date_key
    from covered
),

known_span as (
    select
        source_id,
        min(date_key) as first_date_key,
        max(date_key) as last_date_key
    from known
    group by source_id
)

select
    calendar.date_key,
    calendar.date,
    outlet.source_id,
    outlet.name as source_name,
    coalesce(printed.article_count, 0) as article_count,
    coalesce(printed.story_count, 0) as story_count,
    coalesce(printed.duplicate_count, 0) as duplicate_count,
    coalesce(printed.mention_count, 0) as mention_count,
    coalesce(covered.status, 'unrecorded') as status,
    coalesce(printed.article_count, 0) = 0 and coalesce(covered.status in ('complete', 'quiet'), false) as is_true_zero,
    covered.expected_count,
    covered.received_count,
    covered.rejected_count
from known_span
inner join dim_date as calendar
    on known_span.first_date_key <= calendar.date_key and known_span.last_date_key >= calendar.date_key
inner join dim_source as outlet on known_span.source_id = outlet.source_id and outlet.is_current
left join printed on outlet.source_id = printed.source_id and calendar.date_key = printed.date_key
left join covered on outlet.source_id = covered.source_id and calendar.date_key = covered.date_key;

comment on view mart_source_daily is
'An outlet x a day (UTC), every day from the first to the last that anything is known of: a day without articles has '
'a row, and its status says whether there were none or nobody looked';
comment on column mart_source_daily.date_key is 'The day, of publication and of the fetch: dim_date';
comment on column mart_source_daily.date is 'The same as a date';
comment on column mart_source_daily.source_id is 'The outlet, all versions of it: dim_source';
comment on column mart_source_daily.source_name is 'Its name now';
comment on column mart_source_daily.article_count is 'Its articles published that day';
comment on column mart_source_daily.story_count is 'Stories these are of: copies of one article count once';
comment on column mart_source_daily.duplicate_count is 'Those of them that are reprints: fact_article.is_duplicate';
comment on column mart_source_daily.mention_count is 'Mentions in their current versions';
comment on column mart_source_daily.status is
'As in fact_source_coverage: complete, quiet, partial, error, gap; unrecorded where its articles came as files or '
'before it was fetched';
comment on column mart_source_daily.is_true_zero is
'It was asked that day, all that was asked for came, and it had published nothing';
comment on column mart_source_daily.expected_count is 'Pages that were asked for that day; null when unrecorded';
comment on column mart_source_daily.received_count is 'Pages that came; null when unrecorded';
comment on column mart_source_daily.rejected_count is
'Pages that did not come, or were refused; null when unrecorded';
