-- Grain: a span of a version of an article, as one entity.
-- Reads: text_target, text_name, incoming_mention, fact_entity_mention. Writes: fact_entity_mention, pending_article,
-- temporary touched_name (the names that have to be resolved anew). The entity is the name's own until it is resolved.
-- They are not sorted: a question would still have to read every row group of the load. Their order:
-- warehouse/compact.py.

create temp table if not exists touched_name (observed_key bigint);

insert into touched_name
select mention.observed_key
from fact_entity_mention as mention
semi join text_target on mention.article_key = text_target.article_key
union
select text_name.observed_key
from text_name;

insert into pending_article by name
select article_key from text_target;

delete from fact_entity_mention
where article_key in (select text_target.article_key from text_target);

insert into fact_entity_mention by name
select
    text_target.article_key,
    text_target.source_key,
    text_target.published_date_key,
    incoming.* exclude (text_hash, entity_id, entity_type, country_code),
    incoming.entity_key as observed_key,
    incoming.resolution_rule as observed_rule,
    incoming.resolution_score as observed_score,
    cast($run_key as bigint) as run_key
from text_target
inner join incoming_mention as incoming on text_target.text_hash = incoming.text_hash;

drop table text_name;
