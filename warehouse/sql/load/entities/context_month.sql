-- Grain: a month in which articles that have an ambiguous name are compared.
-- Reads: ambiguous_candidate, near_month, recompared_name, date_month, fact_entity_mention, fact_article. Writes:
-- temporary context_month, numbered in batches: some $batch_mention_count mentions in each.

create or replace temp table context_month as
with named_day as (
    select distinct published_date_key
    from fact_entity_mention
    where observed_key in (select recompared_name.observed_key from recompared_name)
),

compared as (
    select month_number
    from near_month
    where exists (select 1 from ambiguous_candidate)
    union
    select date_month.month_number
    from named_day
    inner join date_month on named_day.published_date_key = date_month.date_key
),

measured as (
    select
        date_month.month_number,
        sum(article.mention_count) as mention_count
    from fact_article as article
    inner join date_month on article.published_date_key = date_month.date_key
    group by date_month.month_number
)

select
    compared.month_number,
    cast(
        sum(measured.mention_count) over (order by compared.month_number) // $batch_mention_count as integer
    ) as batch_number
from compared
inner join measured on compared.month_number = measured.month_number;
