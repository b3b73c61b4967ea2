-- Grain: two entities that the current versions of two articles name, or more.
-- Reads: pair_change, new_pair, counted_article, entity_total as it was before, fact_article_entity,
-- fact_entity_mention, fact_cooccurrence, counted_version, pending_article.
-- Writes: pair_total, of the pairs that changed; unplaced_entity: with the entities of these, as places are told by the
-- countries that they are named with.
-- What changed is added to what was there. Where what was there is not known, the pair is counted anew over all
-- articles: the one article that named both, since most pairs meet once, one meeting tells nothing, and they would make
-- the table four times as large; the first or last day of a pair that lost the article it was of. Of the versions that
-- are counted now new_pair tells the pairs; only the others are looked through.

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

create or replace temp table met_article as
with beside as (
    select
        article_key,
        entity_key as other_key
    from fact_article_entity
    where
        entity_key in (select rarer_name.other_key from rarer_name)
        and article_key in (select rarer_article.article_key from rarer_article)
)

select
    found.article_key,
    rarer_name.entity_key_a,
    rarer_name.entity_key_b
from rarer_article as found
inner join rarer_name on found.rarer_key = rarer_name.rarer_key
inner join beside on found.article_key = beside.article_key and rarer_name.other_key = beside.other_key;

-- The sentences of both are looked for among the mentions of the two in these articles. Of an article that names more
-- than $entity_count entities fact_cooccurrence tells which of them are paired, and of one that is due in a later batch
-- what it was counted as.
create or replace temp table untold_article as
select article_key
from counted_version
where article_key in (select met_article.article_key from met_article) and entity_count > $entity_count
union
select article_key
from pending_article
where article_key in (select met_article.article_key from met_article);

create or replace temp table met_name as
select
    article_key,
    entity_key_a as entity_key
from met_article
anti join untold_article on met_article.article_key = untold_article.article_key
union
select
    article_key,
    entity_key_b as entity_key
from met_article
anti join untold_article on met_article.article_key = untold_article.article_key;

create or replace temp table met_sentence as
select
    mention.article_key,
    mention.entity_key,
    list(distinct mention.sentence_number) as sentence_numbers
from fact_entity_mention as mention
semi join met_name on mention.article_key = met_name.article_key and mention.entity_key = met_name.entity_key
where
    mention.article_key in (select wanted.article_key from met_name as wanted)
    and mention.entity_key in (select wanted.entity_key from met_name as wanted)
group by mention.article_key, mention.entity_key;

create or replace temp table recounted_pair as
with near as (
    select
        article_key,
        entity_key_a,
        entity_key_b,
        sentence_count
    from fact_cooccurrence
    where article_key in (select untold_article.article_key from untold_article)
),

found as (
    select
        near.article_key,
        near.entity_key_a,
        near.entity_key_b,
        near.sentence_count
    from near
    semi join met_article
        on
            near.article_key = met_article.article_key
            and near.entity_key_a = met_article.entity_key_a
            and near.entity_key_b = met_article.entity_key_b
    union all
    select
        met_article.article_key,
        met_article.entity_key_a,
        met_article.entity_key_b,
        length(list_intersect(one.sentence_numbers, other.sentence_numbers)) as sentence_count
    from met_article
    inner join met_sentence as one
        on met_article.article_key = one.article_key and met_article.entity_key_a = one.entity_key
    inner join met_sentence as other
        on met_article.article_key = other.article_key and met_article.entity_key_b = other.entity_key
    union all
    select
        given.article_key,
        given.entity_key_a,
        given.entity_key_b,
        given.sentence_count
    from new_pair as given
    semi join rarer_name
        on given.entity_key_a = rarer_name.entity_key_a and given.entity_key_b = rarer_name.entity_key_b
),

met as (
    select
        found.entity_key_a,
        found.entity_key_b,
        found.sentence_count,
        year(counted.published_at) * 10000 + month(counted.published_at) * 100 + day(counted.published_at) as date_key,
        counted.story_key
    from found
    inner join counted_version as counted on found.article_key = counted.article_key
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
where rowid in (select held_pair_total.held_number from held_pair_total);

insert into pair_total by name
with given as (
    select * exclude (is_recounted)
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

insert into unplaced_entity by name
select entity_key_a as entity_key
from changed_pair
where article_count <> 0
union
select entity_key_b as entity_key
from changed_pair
where article_count <> 0;

drop table changed_pair;
drop table near_total;
drop table held_pair_total;
drop table new_pair_total;
drop table rarer_name;
drop table rarer_article;
drop table met_article;
drop table untold_article;
drop table met_name;
drop table met_sentence;
drop table recounted_pair;
drop table new_pair;
