-- Grain: an entity that the current version of an article names.
-- Reads: entity_change, fact_article_entity, counted_version. Writes: entity_total, of the entities that changed.
-- What changed is added to what was there. The first and last article are looked for anew, among all articles of the
-- entity, only where one of them was taken off and nothing came that is as early, or as late. When the first appeared
-- is told as it was counted: what fact_article has of it by now may be due in a later batch.

create or replace temp table held_total as
select *
from entity_total
where entity_key in (select entity_change.entity_key from entity_change);

create or replace temp table new_total as
with change as (
    select
        entity_key,
        sum(article_count) as article_count,
        sum(story_count) as story_count,
        sum(mention_count) as mention_count,
        min(added_first_at) as added_first_at,
        arg_min(added_first_key, (added_first_at, added_first_key)) filter (added_first_at is not null)
            as added_first_key,
        min(added_first_date_key) as added_first_date_key,
        max(added_last_date_key) as added_last_date_key,
        min(removed_first_at) as removed_first_at,
        arg_min(removed_first_key, (removed_first_at, removed_first_key)) filter (removed_first_at is not null)
            as removed_first_key,
        max(removed_last_date_key) as removed_last_date_key
    from entity_change
    group by entity_key
),

first_article as (
    select
        article_key,
        published_at
    from counted_version
    where article_key in (select held_total.first_article_key from held_total)
),

held as (
    select
        total.*,
        nullif(total.first_date_key, -1) as held_first_date_key,
        nullif(total.last_date_key, -1) as held_last_date_key,
        first_article.published_at as first_at
    from held_total as total
    left join first_article on total.first_article_key = first_article.article_key
)

select
    change.entity_key,
    coalesce(held.article_count, 0) + change.article_count as article_count,
    coalesce(held.story_count, 0) + change.story_count as story_count,
    coalesce(held.mention_count, 0) + change.mention_count as mention_count,
    coalesce(least(held.held_first_date_key, change.added_first_date_key), -1) as first_date_key,
    coalesce(greatest(held.held_last_date_key, change.added_last_date_key), -1) as last_date_key,
    case
        when change.added_first_key is null then coalesce(held.first_article_key, -1)
        when
            held.first_at is null
            or coalesce(change.removed_first_key = held.first_article_key, false)
            or (change.added_first_at, change.added_first_key) < (held.first_at, held.first_article_key)
            then change.added_first_key
        else held.first_article_key
    end as first_article_key,
    coalesce(
        change.removed_first_key = held.first_article_key
        and coalesce(
            (change.added_first_at, change.added_first_key) > (change.removed_first_at, change.removed_first_key), true
        ),
        false
    )
    or coalesce(
        change.removed_last_date_key >= held.held_last_date_key
        and coalesce(change.added_last_date_key < change.removed_last_date_key, true),
        false
    ) as is_recounted
from change
left join held on change.entity_key = held.entity_key;

create or replace temp table recounted_total as
select
    named.entity_key,
    coalesce(min(named.published_date_key) filter (named.published_date_key > 0), -1) as first_date_key,
    coalesce(max(named.published_date_key) filter (named.published_date_key > 0), -1) as last_date_key,
    coalesce(
        arg_min(named.article_key, (counted.published_at, named.article_key)) filter (counted.published_at is not null),
        -1
    ) as first_article_key
from fact_article_entity as named
inner join counted_version as counted on named.article_key = counted.article_key
where
    named.entity_key in (
        select new_total.entity_key
        from new_total
        where new_total.is_recounted
    )
group by named.entity_key;

delete from entity_total
where entity_key in (select new_total.entity_key from new_total);

insert into entity_total by name
select
    given.entity_key,
    given.article_count,
    given.story_count,
    given.mention_count,
    coalesce(recounted.first_date_key, given.first_date_key) as first_date_key,
    coalesce(recounted.last_date_key, given.last_date_key) as last_date_key,
    coalesce(recounted.first_article_key, given.first_article_key) as first_article_key
from new_total as given
left join recounted_total as recounted on given.entity_key = recounted.entity_key
where given.article_count > 0
order by given.entity_key;

drop table held_total;
drop table new_total;
drop table recounted_total;
