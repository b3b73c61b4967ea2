-- Grain: two entities that the current versions of two articles name, or more.
-- Reads: new_pair_total, held_pair_total, changed_pair, rarer_name, met_article, new_pair, fact_entity_mention,
-- fact_cooccurrence, counted_version, pending_article.
-- Writes: pair_total, of the pairs that changed; unplaced_entity: with the entities of these, as places are told by the
-- countries that they are named with.
-- What changed is added to what was there. Where what was there is not known, the pair is counted anew over all
-- articles: the one article that named both, since most pairs meet once, one meeting tells nothing, and they would make
-- the table four times as large; the first or last day of a pair that lost the article it was of. Of the versions that
-- are counted now new_pair tells the pairs; only the others are looked through.

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
where mention.article_key in (select wanted.article_key from met_name as wanted)
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
