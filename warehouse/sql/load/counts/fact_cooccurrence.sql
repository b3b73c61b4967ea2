-- Grain: a version of an article x two entities it names.
-- Reads: counted_article, added_version, held_entity, named_entity, fact_article. Writes: fact_cooccurrence, what is
-- another of the versions counted; temporary held_pair: the rows they had, and those of the other versions in their
-- stories; new_pair: those they have; recounted_entity: with whom those that were there before named.
-- Of a version that names more than $entity_count entities those are paired that it names most often; on a tie those it
-- names first, then those with the smaller key.
-- Old pairs are looked for by their first entity, too: it comes in runs, which are passed over as a whole.

create or replace temp table former_named as
select
    article_key,
    entity_key
from held_entity
anti join added_version on held_entity.article_key = added_version.article_key;

insert into recounted_entity
select distinct entity_key
from former_named;

create or replace temp table held_pair as
select
    held.*,
    held.rowid as held_number
from fact_cooccurrence as held
where
    held.rowid >= coalesce(getvariable('watermark_fact_cooccurrence'), 0)
    and held.article_key in (select held_entity.article_key from held_entity)
union all
select
    held.*,
    held.rowid as held_number
from fact_cooccurrence as held
where
    held.rowid < coalesce(getvariable('watermark_fact_cooccurrence'), 0)
    and held.entity_key_a in (select former_named.entity_key from former_named)
    and held.article_key in (select former_named.article_key from former_named);

create or replace temp table new_pair as
select
    fact.article_key,
    one.entity_key as entity_key_a,
    other.entity_key as entity_key_b,
    fact.source_key,
    fact.published_date_key,
    length(list_intersect(one.sentence_numbers, other.sentence_numbers)) as sentence_count
from named_entity as one
inner join named_entity as other on one.article_key = other.article_key and one.entity_key < other.entity_key
inner join fact_article as fact on one.article_key = fact.article_key
where one.rank_number <= $entity_count and other.rank_number <= $entity_count;

-- Of a version that is only no longer current nothing is another: its pairs lie all over the table, and stay there.
create or replace temp table kept_pair as
select
    held.held_number,
    held.article_key,
    held.entity_key_a,
    held.entity_key_b
from held_pair as held
inner join new_pair as given
    on
        held.article_key = given.article_key
        and held.entity_key_a = given.entity_key_a
        and held.entity_key_b = given.entity_key_b
        and held.source_key = given.source_key
        and held.published_date_key = given.published_date_key
        and held.sentence_count = given.sentence_count;

create or replace temp table lapsed_pair as
select
    held.held_number,
    held.entity_key_a
from held_pair as held
semi join counted_article as counted on held.article_key = counted.article_key
anti join kept_pair as kept on held.held_number = kept.held_number;

delete from fact_cooccurrence
where
    rowid in (select lapsed_pair.held_number from lapsed_pair)
    and entity_key_a in (select lapsed_pair.entity_key_a from lapsed_pair);

insert into fact_cooccurrence by name
select given.*
from new_pair as given
anti join kept_pair as kept
    on
        given.article_key = kept.article_key
        and given.entity_key_a = kept.entity_key_a
        and given.entity_key_b = kept.entity_key_b
order by given.entity_key_a, given.published_date_key;

drop table former_named;
drop table kept_pair;
drop table lapsed_pair;
