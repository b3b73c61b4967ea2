-- Grain: a span of a version of an article, as one entity.
-- Reads: text_target, incoming_mention, fact_entity_mention. Writes: fact_entity_mention, temporary mention_change
-- (what names and entities have to be counted by), pending_article. The entity is the name's own until it is resolved.
-- They are not sorted: a question would still have to read every row group of the load. Their order:
-- warehouse/compact.py.

insert into mention_change by name
select
    text_target.article_id,
    mention.observed_key,
    mention.entity_key,
    mention.full_name,
    mention.alias_key,
    mention.published_date_key,
    -count(*) as mention_count
from fact_entity_mention as mention
inner join text_target on mention.article_key = text_target.article_key and text_target.has_mentions
group by all;

insert into mention_change by name
with given as (
    select
        text_number,
        entity_key,
        full_name,
        alias_key,
        count(*) as mention_count
    from incoming_mention
    group by text_number, entity_key, full_name, alias_key
)

select
    text_target.article_id,
    given.entity_key as observed_key,
    given.entity_key,
    given.full_name,
    given.alias_key,
    text_target.published_date_key,
    given.mention_count
from given
inner join text_target on given.text_number = text_target.text_number;

insert into pending_article by name
select article_key from text_target;

delete from fact_entity_mention
where
    article_key in (
        select text_target.article_key
        from text_target
        where text_target.has_mentions
    );

insert into fact_entity_mention by name
select
    text_target.article_key,
    text_target.source_key,
    text_target.published_date_key,
    incoming.* exclude (text_number, mention_number, entity_id, entity_type, country_code),
    incoming.entity_key as observed_key,
    incoming.resolution_rule as observed_rule,
    incoming.resolution_score as observed_score,
    cast($run_key as bigint) as run_key
from text_target
inner join incoming_mention as incoming on text_target.text_number = incoming.text_number;
