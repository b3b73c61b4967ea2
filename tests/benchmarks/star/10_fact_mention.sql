-- Grain: a span of a version; a version x an entity. Reads: draft. Writes: fact_entity_mention, fact_article_entity:
-- one part of each, a sixteenth of the entities, in the order of entity and day.

insert into fact_entity_mention by name
select
    version.article_key,
    mention.entity_key,
    version.source_key,
    version.published_date_key,
    mention.* exclude (text_number, entity_key, rule, score),
    mention.rule as resolution_rule,
    mention.score as resolution_score,
    make_key('run', cast(cast(version.seen_at as date) as varchar)) as run_key,
    mention.entity_key as observed_key,
    mention.rule as observed_rule,
    mention.score as observed_score
from draft.mention
inner join draft.version on mention.text_number = version.text_number
where mention.entity_key >> 59 = $part
order by
    mention.entity_key,
    version.published_date_key,
    version.article_key,
    mention.field,
    mention.start_char;

insert into fact_article_entity by name
select
    version.article_key,
    named.entity_key,
    version.source_key,
    version.published_date_key,
    named.mention_count,
    bit_count(named.sentence_bits) as sentence_count,
    named.sentence_bits & 1 = 1 as is_in_headline,
    make_key('story', version.text_number) as story_key,
    version.is_current as is_current_version,
    version.number <> version.text_number as is_duplicate
from draft.paired as named
inner join draft.version on named.text_number = version.text_number
where named.entity_key >> 59 = $part
order by named.entity_key, version.published_date_key, version.article_key;
