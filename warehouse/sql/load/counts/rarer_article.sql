-- Grain: an article that is not counted now x a name of it, the rarer of a pair that has to be counted anew.
-- Reads: pair_change, pair_total, entity_total as it was before, fact_article_entity, counted_article. Writes:
-- temporary changed_pair, near_total, held_pair_total, new_pair_total (what the pairs that changed have now),
-- rarer_name, rarer_article; met_article, empty.

create or replace temp table changed_pair as
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
from pair_change
group by entity_key_a, entity_key_b;

create or replace temp table near_total as
select
    entity_key,
    article_count
from entity_total
where
    entity_key in (
        select changed_pair.entity_key_a from changed_pair
        union
        select changed_pair.entity_key_b from changed_pair
    );

create or replace temp table held_pair_total as
select
    pair_total.*,
    pair_total.rowid as held_number
from pair_total
semi join changed_pair as changed
    on
        pair_total.entity_key_a = changed.entity_key_a
        and pair_total.entity_key_b = changed.entity_key_b
where pair_total.entity_key_a in (select changed_pair.entity_key_a from changed_pair);

create or replace temp table new_pair_total as
select
    changed.entity_key_a,
    changed.entity_key_b,
    coalesce(held.article_count, 0) + changed.article_count as article_count,
    coalesce(held.story_count, 0) + changed.story_count as story_count,
    coalesce(held.sentence_count, 0) + changed.sentence_count as sentence_count,
    coalesce(least(nullif(held.first_date_key, -1), changed.added_first_date_key), -1) as first_date_key,
    coalesce(greatest(nullif(held.last_date_key, -1), changed.added_last_date_key), -1) as last_date_key,
    case
        when held.entity_key_a is null
            then changed.article_count > 0 and entity_a.entity_key is not null and entity_b.entity_key is not null
        else
            coalesce(
                changed.removed_first_date_key <= held.first_date_key
                and coalesce(changed.added_first_date_key > changed.removed_first_date_key, true),
                false
            )
            or coalesce(
                changed.removed_last_date_key >= held.last_date_key
                and coalesce(changed.added_last_date_key < changed.removed_last_date_key, true),
                false
            )
    end as is_recounted
from changed_pair as changed
left join held_pair_total as held
    on changed.entity_key_a = held.entity_key_a and changed.entity_key_b = held.entity_key_b
left join near_total as entity_a on changed.entity_key_a = entity_a.entity_key
left join near_total as entity_b on changed.entity_key_b = entity_b.entity_key;

-- Whom an entity is named with is looked for in its articles, of the two in those of the rarer one: fact_cooccurrence
-- is many times as long.
create or replace temp table rarer_name as
select
    given.entity_key_a,
    given.entity_key_b,
    case when entity_a.article_count <= entity_b.article_count then given.entity_key_a else given.entity_key_b end
        as rarer_key,
    case when entity_a.article_count <= entity_b.article_count then given.entity_key_b else given.entity_key_a end
        as other_key
from new_pair_total as given
inner join near_total as entity_a on given.entity_key_a = entity_a.entity_key
inner join near_total as entity_b on given.entity_key_b = entity_b.entity_key
where given.is_recounted;

create or replace temp table rarer_article as
select
    article_key,
    entity_key as rarer_key
from fact_article_entity
where
    entity_key in (select rarer_name.rarer_key from rarer_name)
    and article_key not in (select counted_article.article_key from counted_article);

create or replace temp table met_article (
    article_key bigint,
    entity_key_a bigint,
    entity_key_b bigint
);
