-- Grain: two entities that the current versions of two articles name, or more.
-- Reads: pair_change, entity_total as it was before, fact_article_entity, fact_cooccurrence, counted_version.
-- Writes: pair_total, of the pairs that changed.
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

-- Whom an entity is named with is looked for in its articles, of the two in those of the rarer one: fact_cooccurrence is
-- many times as long, and read for the articles alone in which the two were found.
create or replace temp table rarer_name as
select
    given.entity_key_a,
    given.entity_key_b,
    case when entity_a.article_count <= entity_b.article_count then given.entity_key_a else given.entity_key_b end
        as rarer_key,
    case when entity_a.article_count <= entity_b.article_count then given.entity_key_b else given.entity_key_a end
        as other_key
from new_pair_total as given
inner join entity_total as entity_a on given.entity_key_a = entity_a.entity_key
inner join entity_total as entity_b on given.entity_key_b = entity_b.entity_key
where given.is_recounted;

create or replace temp table met_article as
with candidate as (
    select
        named.article_key,
        rarer_name.*
    from fact_article_entity as named
    inner join rarer_name on named.entity_key = rarer_name.rarer_key
    where named.entity_key in (select rarer_name.rarer_key from rarer_name)
),

beside as (
    select
        named.article_key,
        named.entity_key
    from fact_article_entity as named
    where named.entity_key in (select rarer_name.other_key from rarer_name)
)

select
    candidate.article_key,
    candidate.entity_key_a,
    candidate.entity_key_b
from candidate
inner join beside on candidate.article_key = beside.article_key and candidate.other_key = beside.entity_key;

create or replace temp table recounted_pair as
with near as (
    select *
    from fact_cooccurrence
    where article_key in (select met_article.article_key from met_article)
),

met as (
    select
        held.entity_key_a,
        held.entity_key_b,
        held.sentence_count,
        nullif(held.published_date_key, -1) as date_key,
        counted.story_key
    from near as held
    semi join met_article
        on
            held.article_key = met_article.article_key
            and held.entity_key_a = met_article.entity_key_a
            and held.entity_key_b = met_article.entity_key_b
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
drop table rarer_name;
drop table met_article;
drop table recounted_pair;
