-- Grain: an outlet x a day on which it was asked, or due, or an article of it was first read.
-- Reads: article_observation, dim_article, fact_article, bridge_article_author, dim_source, dim_date,
-- fact_source_coverage. Writes: temporary observed_day.
-- An article counts on the day of its first sight, described by its first version: both are the same in whatever order
-- documents are loaded. A missed day is one before this on which it was due and nothing came: what it had comes later.

create or replace temp table observed_day as
with first_sight as (
    select
        article_id,
        cast(min(ingested_at) as date) as day_date
    from article_observation
    group by article_id
),

signed as (
    select distinct article_key
    from bridge_article_author
    where author_key >= 0
),

new_article as (
    select
        outlet.source_id,
        first_sight.day_date,
        fact.word_count,
        signed.article_key is not null as has_author,
        fact.published_at is not null as has_date,
        article.section is not null as has_section,
        article.language_code <> 'und'
        and article.language_code = coalesce(outlet.language_code, article.language_code) as has_language
    from dim_article as article
    inner join first_sight on article.article_id = first_sight.article_id
    inner join fact_article as fact on article.article_key = fact.article_key
    inner join dim_source as outlet on fact.source_key = outlet.source_key
    left join signed on article.article_key = signed.article_key
    where article.version = 1
),

article_day as (
    select
        source_id,
        day_date,
        count(*) as article_count,
        median(word_count) as word_count_median,
        count_if(has_author) as author_count,
        count_if(has_date) as date_count,
        count_if(has_section) as section_count,
        count_if(has_language) as language_count
    from new_article
    group by source_id, day_date
),

asked_day as (
    select
        outlet.source_id,
        calendar.date as day_date,
        coverage.status as coverage_status,
        coverage.expected_count as page_count,
        coverage.rejected_count,
        row_number() over outlet_day as day_number
    from fact_source_coverage as coverage
    inner join dim_source as outlet on coverage.source_key = outlet.source_key
    inner join dim_date as calendar on coverage.date_key = calendar.date_key
    window outlet_day as (partition by outlet.source_id order by calendar.date asc)
),

answered_day as (
    select
        asked_day.*,
        day_number - 1 - coalesce(
            max(case when coverage_status not in ('gap', 'error') then day_number end) over (
                partition by source_id order by day_number asc rows between unbounded preceding and 1 preceding
            ),
            0
        ) as missed_day_count
    from asked_day
),

joined as (
    select
        coalesce(article_day.source_id, answered_day.source_id) as source_id,
        coalesce(article_day.day_date, answered_day.day_date) as day_date,
        coalesce(article_day.article_count, 0) as article_count,
        article_day.word_count_median,
        article_day.author_count,
        article_day.date_count,
        article_day.section_count,
        article_day.language_count,
        coalesce(answered_day.coverage_status, 'unasked') as coverage_status,
        coalesce(answered_day.page_count, 0) as page_count,
        answered_day.rejected_count,
        coalesce(answered_day.missed_day_count, 0) as missed_day_count
    from article_day
    full outer join answered_day
        on article_day.source_id = answered_day.source_id and article_day.day_date = answered_day.day_date
)

select
    joined.*,
    outlet.source_key,
    joined.day_date = min(joined.day_date) over (partition by joined.source_id) as is_first,
    joined.day_date < max(joined.day_date) over () as is_over
from joined
inner join dim_source as outlet
    on
        joined.source_id = outlet.source_id
        and joined.day_date >= outlet.valid_from
        and joined.day_date < outlet.valid_to;
