-- Grain: a month in which articles that have an ambiguous name are compared.
-- Reads: ambiguous_article, date_month, fact_article. Writes: temporary context_month, numbered in batches: some
-- $batch_mention_count mentions in each.

create or replace temp table context_month as
with compared as (
    select distinct month_number
    from ambiguous_article
),

named as (
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
        sum(named.mention_count) over (order by compared.month_number) // $batch_mention_count as integer
    ) as batch_number
from compared
inner join named on compared.month_number = named.month_number;
