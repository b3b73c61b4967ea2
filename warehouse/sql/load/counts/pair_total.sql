-- Grain: two entities that the current versions of two articles name, or more.
-- Reads: pair_change, entity_total as it was before, fact_cooccurrence, counted_version. Writes: pair_total, of the
-- pairs that changed.
-- What changed is added to what was there. Where what was there is not known, the pair is counted anew over all
-- articles: the one article that named both, since most pairs meet once, one meeting tells nothing, and they would make
-- the table four times as large; the first or last day of a pair that lost the article it was of.

create or replace temp table new_pair_total as
with change as (
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
    group by entity_key_a, entity_key_b
)

select
    change.entity_key_a,
    change.entity_key_b,
    coalesce(held.article_count, 0) + change.article_count as article_count,
    coalesce(held.story_count, 0) + change.story_count as story_count,
    coalesce(held.sentence_count, 0) + change.sentence_count as sentence_count,
    coalesce(least(nullif(held.first_date_key, -1), change.added_first_date_key), -1) as first_date_key,
    coalesce(greatest(nullif(held.last_date_key, -1), change.added_last_date_key), -1) as last_date_key,
    held.entity_key_a is not null as is_held,
    case
        when held.entity_key_a is null
            then change.article_count > 0 and entity_a.entity_key is not null and entity_b.entity_key is not null
        else
            coalesce(
                change.removed_first_date_key <= held.first_date_key
                and coalesce(change.added_first_date_key > change.removed_first_date_key, true),
                false
            )
            or coalesce(
                change.removed_last_date_key >= held.last_date_key
                and coalesce(change.added_last_date_key < change.removed_last_date_key, true),
                false
            )
    end as is_recounted
from change
left join pair_total as held
    on change.entity_key_a = held.entity_key_a and change.entity_key_b = held.entity_key_b
left join entity_total as entity_a on change.entity_key_a = entity_a.entity_key
left join entity_total as entity_b on change.entity_key_b = entity_b.entity_key;

create or replace temp table recounted_pair as
with asked as (
    select
        entity_key_a,
        entity_key_b
    from new_pair_total
    where is_recounted
),

met as (
    select
        held.entity_key_a,
        held.entity_key_b,
        held.sentence_count,
        nullif(held.published_date_key, -1) as date_key,
        counted.story_key
    from fact_cooccurrence as held
    semi join asked
        on held.entity_key_a = asked.entity_key_a and held.entity_key_b = asked.entity_key_b
    inner join counted_version as counted on held.article_key = counted.article_key
),

by_story as (
    select
        entity_key_a,
        entity_key_b,
        count(*) as article_count,
        sum(sentence_count) as sentence_count,
        min(date_key) as first_date_key,
        max(date_key) as last_date_key
    from met
    group by entity_key_a, entity_key_b, story_key
)

select
    entity_key_a,
    entity_key_b,
    sum(article_count) as article_count,
    count(*) as story_count,
    sum(sentence_count) as sentence_count,
    coalesce(min(first_date_key), -1) as first_date_key,
    coalesce(max(last_date_key), -1) as last_date_key
from by_story
group by entity_key_a, entity_key_b;

delete from pair_total
using new_pair_total as given
where
    given.is_held
    and pair_total.entity_key_a = given.entity_key_a
    and pair_total.entity_key_b = given.entity_key_b;

insert into pair_total by name
with given as (
    select * exclude (is_held, is_recounted)
    from new_pair_total
    where not is_recounted
    union all by name
    select *
    from recounted_pair
)

select *
from given
where article_count > 1
order by entity_key_a, entity_key_b;

drop table new_pair_total;
drop table recounted_pair;
