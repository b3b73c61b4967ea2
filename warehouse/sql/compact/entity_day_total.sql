-- Grain: an entity x a day. All of one entity lie together, in the order of days.
-- Reads: published.entity_day_total. Writes: entity_day_total.

insert into entity_day_total by name
select *
from published.entity_day_total
order by entity_key, date_key;
