-- Grain: two entities that a batch of versions adds to or takes off.
-- Reads: story_version, held_pair, new_pair. Writes: temporary pair_change.
-- First by story, then over the stories: sets of stories for millions of pairs would not fit into memory.

insert into pair_change by name
with side as (
    select
        held.entity_key_a,
        held.entity_key_b,
        held.sentence_count,
        nullif(held.published_date_key, -1) as date_key,
        told.story_key,
        told.is_counted,
        told.is_before,
        told.is_after
    from held_pair as held
    inner join story_version as told on held.article_key = told.article_key
    where told.is_before
    union all
    select
        fresh.entity_key_a,
        fresh.entity_key_b,
        fresh.sentence_count,
        nullif(fresh.published_date_key, -1) as date_key,
        told.story_key,
        told.is_counted,
        told.is_before,
        told.is_after
    from new_pair as fresh
    inner join story_version as told on fresh.article_key = told.article_key
    where not told.is_before
),

by_story as (
    select
        entity_key_a,
        entity_key_b,
        count(*) filter (is_after) - count(*) filter (is_before) as article_count,
        cast(bool_or(is_after) as integer) - cast(bool_or(is_before) as integer) as story_count,
        coalesce(sum(sentence_count) filter (is_after), 0) - coalesce(sum(sentence_count) filter (is_before), 0)
            as sentence_count,
        min(date_key) filter (not is_before) as added_first_date_key,
        max(date_key) filter (not is_before) as added_last_date_key,
        min(date_key) filter (not is_after) as removed_first_date_key,
        max(date_key) filter (not is_after) as removed_last_date_key
    from side
    group by entity_key_a, entity_key_b, story_key
    having bool_or(is_counted)
)

select
    entity_key_a,
    entity_key_b,
    sum(article_count) as article_count,
    sum(story_count) as story_count,
    sum(sentence_count) as sentence_count,
    min(added_first_date_key) as added_first_date_key,
    max(added_last_date_key) as added_last_date_key,
    min(removed_first_date_key) as removed_first_date_key,
    max(removed_last_date_key) as removed_last_date_key
from by_story
group by entity_key_a, entity_key_b;

drop table held_pair;
