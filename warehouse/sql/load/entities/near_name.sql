-- Grain: an observed name x a day of which an article has it, or had it, in which mentions came or went.
-- Reads: mention_change, near_mention. Writes: temporary near_name. An article may be of several days: of that which it
-- had before and has now, and of its other versions.

create or replace temp table near_name as
with near_day as (
    select distinct
        article_id,
        published_date_key
    from mention_change
)

select
    near_mention.observed_key,
    near_day.published_date_key
from near_mention
inner join near_day on near_mention.article_id = near_day.article_id
union
select
    observed_key,
    published_date_key
from mention_change;
