-- Grain: a span of a version of an article, as one entity.
-- Reads: text_target, incoming_mention, fact_entity_mention. Writes: fact_entity_mention, temporary touched_entity (the
-- entities whose name and aliases have to be computed anew).

create temp table if not exists touched_entity (entity_key bigint);

insert into touched_entity
select mention.entity_key
from fact_entity_mention as mention
semi join text_target on mention.article_key = text_target.article_key
union
select incoming.entity_key
from incoming_mention as incoming
semi join text_target on incoming.text_hash = text_target.text_hash;

delete from fact_entity_mention
where article_key in (select text_target.article_key from text_target);

insert into fact_entity_mention by name
select
    text_target.article_key,
    text_target.source_key,
    text_target.published_date_key,
    incoming.* exclude (text_hash, entity_id, entity_type, country_code),
    cast($run_key as bigint) as run_key
from text_target
inner join incoming_mention as incoming on text_target.text_hash = incoming.text_hash
order by incoming.entity_key, text_target.published_date_key;
