-- Grain: a month in which articles that have an ambiguous name are compared.
-- Reads: ambiguous_candidate, near_month, recompared_name, date_month, fact_entity_mention, fact_article. Writes:
-- temporary context_month, numbered in batches: some $batch_mention_count in each of mentions, and of articles of
-- candidates, of which a month is taken to have as many as it has of all mentions.

create or replace temp table context_month as
with named_day as (
    select distinct published_date_key
    from fact_entity_mention
    where observed_key in (select recompared_name.observed_key from recompared_name)
),

compared as (
    select month_number
    from near_month
    union
    select date_month.month_number
    from named_day
    inner join date_month on named_day.published_date_key = date_month.date_key
),

named as (
    select
        date_month.month_number,
        sum(article.mention_count) as mention_count
    from fact_article as article
    inner join date_month on article.published_date_key = date_month.date_key
    group by date_month.month_number
),

candidate as (
    select coalesce(sum(candidate_article_count), 0) as article_count
    from ambiguous_candidate
),

effort as (
    select
        named.month_number,
        named.mention_count
        + candidate.article_count * named.mention_count / greatest(sum(named.mention_count) over (), 1) as row_count
    from named
    cross join candidate
)

select
    compared.month_number,
    cast(
        floor(sum(effort.row_count) over (order by compared.month_number) / $batch_mention_count) as integer
    ) as batch_number
from compared
inner join effort on compared.month_number = effort.month_number;
