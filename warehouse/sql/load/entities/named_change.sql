-- Grain: mentions of a version that came, or went, by whom they name.
-- Reads: mention_change. Writes: temporary named_change, worn_entity; mention_change: names are counted by all of it.
-- A text that is read anew may give an entity as many mentions as it took: they have to be decided all the same.

insert into named_change by name
select
    article_id,
    entity_key,
    published_date_key,
    sum(mention_count) as mention_count
from mention_change
group by article_id, entity_key, published_date_key;

insert into worn_entity
select distinct entity_key
from mention_change
where mention_count < 0;

delete from mention_change;

drop table near_mention;
