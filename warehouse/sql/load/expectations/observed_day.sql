-- Grain: an outlet x a day, of those judged anew, on which it was asked, or due, or an article of it was first read.
-- Reads: remade_outlet, kept_day, article_observation, dim_article, fact_article, bridge_article_author, dim_source,
-- dim_date, fact_source_coverage. Writes: temporary observed_day. $since_date is the first of these days.
-- An article counts on the day of its first sight, described by its first version: both are the same in whatever order
-- documents are loaded. A missed day is one before this on which it was due and nothing came: what it had comes later.

create or replace temp table new_article as
with sighted as (
    select distinct article_id
    from article_observation
    where ingested_at >= $since_date
),

first_sight as (
    select
        observation.article_id,
        cast(min(observation.ingested_at) as date) as day_date
    from article_observation as observation
    semi join sighted on observation.article_id = sighted.article_id
    group by observation.article_id
    having min(observation.ingested_at) >= $since_date
)

select
    outlet.source_id,
    first_sight.day_date,
    fact.article_key,
    fact.word_count,
    fact.published_at is not null as has_date,
    article.section is not null as has_section,
    article.language_code <> 'und'
    and article.language_code = coalesce(outlet.language_code, article.language_code) as has_language
from first_sight
inner join dim_article as article on first_sight.article_id = article.article_id
inner join fact_article as fact on article.article_key = fact.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
inner join remade_outlet as remade
    on outlet.source_id = remade.source_id and first_sight.day_date >= remade.since_date
where article.version = 1;

create or replace temp table observed_day as
with signed as (
    select distinct bridge.article_key
    from bridge_article_author as bridge
    semi join new_article on bridge.article_key = new_article.article_key
    where bridge.author_key >= 0
),

article_day as (
    select
        source_id,
        day_date,
        count(*) as article_count,
        median(word_count) as word_count_median,
        count(signed.article_key) as author_count,
        count_if(has_date) as date_count,
        count_if(has_section) as section_count,
        count_if(has_language) as language_count
    from new_article
    left join signed on new_article.article_key = signed.article_key
    group by source_id, day_date
),

covered_day as (
    select
        outlet.source_id,
        remade.since_date,
        calendar.date as day_date,
        coverage.status,
        coverage.expected_count,
        coverage.rejected_count
    from fact_source_coverage as coverage
    inner join dim_source as outlet on coverage.source_key = outlet.source_key
    inner join dim_date as calendar on coverage.date_key = calendar.date_key
    inner join remade_outlet as remade on outlet.source_id = remade.source_id
),

-- Whatever came before the last answer before these days is not missed on any of them.
last_answer as (
    select
        source_id,
        max(day_date) as day_date
    from covered_day
    where day_date < since_date and status not in ('gap', 'error')
    group by source_id
),

asked_day as (
    select
        covered_day.source_id,
        covered_day.since_date,
        covered_day.day_date,
        covered_day.status as coverage_status,
        covered_day.expected_count as page_count,
        covered_day.rejected_count,
        row_number() over (partition by covered_day.source_id order by covered_day.day_date asc) as day_number
    from covered_day
    left join last_answer on covered_day.source_id = last_answer.source_id
    where covered_day.day_date >= coalesce(last_answer.day_date, date '1900-01-01')
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
    qualify day_date >= since_date
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
),

-- The days that are not judged anew are before these, or of outlets with none of these.
former as (
    select distinct source_id
    from kept_day
),

latest as (
    select greatest(
        (select max(joined.day_date) from joined),
        (select max(kept_day.day_date) from kept_day)
    ) as latest_date
)

select
    joined.*,
    outlet.source_key,
    former.source_id is null
    and joined.day_date = min(joined.day_date) over (partition by joined.source_id) as is_first,
    joined.day_date < latest.latest_date as is_over
from joined
cross join latest
left join former on joined.source_id = former.source_id
inner join dim_source as outlet
    on
        joined.source_id = outlet.source_id
        and joined.day_date >= outlet.valid_from
        and joined.day_date < outlet.valid_to;

drop table new_article;
