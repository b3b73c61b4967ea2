-- Which people were named for the first time in one week?
-- New to this warehouse, by the day of publication: what was loaded since when is the first thing to ask.

select
    name,
    first_seen_date,
    article_count
from mart_new_entity
where entity_type = 'PERSON' and first_seen_date between '2022-07-21' and '2022-07-27'
order by name
