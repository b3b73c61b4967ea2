-- Grain: an entity; a mention.
-- Reads: dim_entity, fact_entity_mention. Writes: temporary former_entity, former_mention: entities and mentions as
-- they are now, to tell later what changed.

create temp table former_entity as
select *
from dim_entity
where entity_key >= 0;

create temp table former_mention as
select
    article_key,
    field,
    start_char,
    end_char,
    entity_key
from fact_entity_mention;
