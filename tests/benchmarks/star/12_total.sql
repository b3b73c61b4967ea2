-- Grain: as each table has it. Reads: facts. Writes: entity_alias, entity_total, entity_day_total, counted_version,
-- fact_source_coverage, fact_source_expectation.

insert into entity_alias by name
select
    entity_key,
    surface_text as alias,
    count(*) as mention_count,
    any_value(resolution_rule) as rule,
    folded(surface_text) as folded_alias
from fact_entity_mention
group by entity_key, surface_text
order by entity_key, surface_text;

create table draft.held as
select
    held.entity_key,
    held.article_key,
    held.mention_count,
    held.published_date_key,
    fact.published_at,
    fact.story_key
from fact_article_entity as held
inner join fact_article as fact on held.article_key = fact.article_key
inner join dim_article as article on held.article_key = article.article_key
where article.is_current;

insert into entity_total by name
select
    entity_key,
    count(*) as article_count,
    count(distinct story_key) as story_count,
    sum(mention_count) as mention_count,
    coalesce(min(nullif(published_date_key, -1)), -1) as first_date_key,
    coalesce(max(nullif(published_date_key, -1)), -1) as last_date_key,
    coalesce(arg_min(article_key, (published_at, article_key)) filter (published_at is not null), -1)
        as first_article_key
from draft.held
group by entity_key
order by entity_key;

insert into entity_day_total by name
with counted as (
    select
        held.entity_key,
        calendar.date_key,
        calendar.date,
        count(*) as article_count,
        count(distinct held.story_key) as story_count,
        sum(held.mention_count) as mention_count
    from draft.held
    inner join dim_date as calendar on held.published_date_key = calendar.date_key and calendar.date_key > 0
    group by held.entity_key, calendar.date_key, calendar.date
)

select
    entity_key,
    date_key,
    article_count,
    story_count,
    mention_count,
    sum(article_count) over week as article_week_count,
    sum(story_count) over week as story_week_count
from counted
window week as (
    partition by entity_key order by date range between interval 6 days preceding and current row
)
order by entity_key, date_key;

insert into counted_version by name
with named as (
    select
        article_key,
        count(*) as entity_count
    from fact_article_entity
    group by article_key
)

select
    fact.article_key,
    fact.story_key,
    fact.published_at,
    coalesce(named.entity_count, 0) as entity_count
from fact_article as fact
left join named on fact.article_key = named.article_key
where fact.is_current_version;

create table draft.fetched as
select
    source_key,
    source_id,
    cast(strftime(seen_at, '%Y%m%d') as integer) as date_key,
    count(distinct number) as page_count,
    count(*) filter (version = 1) as article_count
from draft.version
group by all;

insert into source_fetch by name
select
    split_part(url, '/', 3) as source_id,
    'page' as kind,
    url,
    'fetched' as outcome,
    raw_hash,
    ingested_at as fetched_at
from dim_article
where article_key >= 0;

insert into fact_source_coverage by name
select
    source_key,
    date_key,
    page_count as expected_count,
    page_count as received_count,
    page_count as loaded_count,
    0 as unchanged_count,
    0 as duplicate_count,
    0 as rejected_count,
    0 as listing_count,
    0 as failed_listing_count,
    'complete' as status
from draft.fetched;

insert into fact_source_expectation by name
select
    fetched.source_key,
    fetched.date_key,
    series.measure,
    case when series.measure = 'article_count' then fetched.article_count else 0.9 end as observed_value,
    fetched.article_count as observed_count,
    'none' as expected_by,
    0 as history_day_count,
    'too_little_data' as status,
    'made up' as reason
from draft.fetched
cross join unnest(['article_count', 'author_ratio', 'date_ratio', 'section_ratio', 'language_ratio'])
    as series (measure);
