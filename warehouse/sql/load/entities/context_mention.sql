-- Grain: a mention of an article of a month that is compared, or of one beside it.
-- Reads: context_month, date_month, fact_entity_mention. Writes: temporary context_mention: those of a batch of months.
-- What is asked of them is asked three times, and these months are few: so all mentions are looked through once.

create or replace temp table near_day as
with around as (
    select unnest([-1, 0, 1]) as months
),

near_month as (
    select distinct context_month.month_number + around.months as month_number
    from context_month
    cross join around
    where context_month.batch_number = $batch_number
)

select
    date_month.date_key,
    date_month.month_number
from date_month
semi join near_month on date_month.month_number = near_month.month_number;

create or replace temp table context_mention as
select
    mention.article_key,
    mention.observed_key,
    near_day.month_number
from fact_entity_mention as mention
inner join near_day on mention.published_date_key = near_day.date_key
where mention.published_date_key in (select wanted.date_key from near_day as wanted);

drop table near_day;
