-- Grain: an entity, and an entity on a day, that a batch of versions adds to or takes off.
-- Reads: story_version, counted_article, held_entity, new_entity. Writes: temporary entity_change, day_change.

create or replace temp table entity_side as
select
    held.entity_key,
    held.article_key,
    held.published_date_key,
    held.mention_count,
    told.story_key,
    told.published_at,
    told.is_counted,
    told.is_before,
    told.is_after
from held_entity as held
inner join story_version as told on held.article_key = told.article_key
where told.is_before
union all
select
    given.entity_key,
    given.article_key,
    given.published_date_key,
    given.mention_count,
    told.story_key,
    told.published_at,
    told.is_counted,
    told.is_before,
    told.is_after
from new_entity as given
inner join story_version as told on given.article_key = told.article_key
where not told.is_before;

insert into entity_change by name
select
    entity_key,
    count(*) filter (is_after) - count(*) filter (is_before) as article_count,
    count(distinct story_key) filter (is_after) - count(distinct story_key) filter (is_before) as story_count,
    coalesce(sum(mention_count) filter (is_after), 0) - coalesce(sum(mention_count) filter (is_before), 0)
        as mention_count,
    min(published_at) filter (not is_before) as added_first_at,
    arg_min(article_key, (published_at, article_key)) filter (not is_before and published_at is not null)
        as added_first_key,
    min(published_date_key) filter (not is_before and published_date_key > 0) as added_first_date_key,
    max(published_date_key) filter (not is_before and published_date_key > 0) as added_last_date_key,
    min(published_at) filter (not is_after) as removed_first_at,
    arg_min(article_key, (published_at, article_key)) filter (not is_after and published_at is not null)
        as removed_first_key,
    max(published_date_key) filter (not is_after and published_date_key > 0) as removed_last_date_key
from entity_side
group by entity_key
having bool_or(is_counted);

insert into day_change by name
select
    entity_key,
    published_date_key as date_key,
    count(*) filter (is_after) - count(*) filter (is_before) as article_count,
    count(distinct story_key) filter (is_after) - count(distinct story_key) filter (is_before) as story_count,
    coalesce(sum(mention_count) filter (is_after), 0) - coalesce(sum(mention_count) filter (is_before), 0)
        as mention_count
from entity_side
where published_date_key > 0
group by entity_key, published_date_key
having bool_or(is_counted);
