-- Grain: a version of an article x two entities it names.
-- Reads: counted_article, added_version, held_entity, named_entity, fact_article. Writes: fact_cooccurrence, of the
-- versions counted; temporary held_pair: the rows they had, and those of the other versions in their stories; new_pair:
-- those they have.
-- Of a version that names more than $entity_count entities those are paired that it names most often; on a tie those it
-- names first, then those with the smaller key.
-- Old pairs are looked for by their first entity, too: it comes in runs, which are passed over as a whole.

create or replace temp table former_named as
select
    article_key,
    entity_key
from held_entity
anti join added_version on held_entity.article_key = added_version.article_key;

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

delete from fact_cooccurrence
where
    rowid in (
        select held_pair.held_number
        from held_pair
        semi join counted_article as counted on held_pair.article_key = counted.article_key
    )
    and entity_key_a in (select held_pair.entity_key_a from held_pair);

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

insert into fact_cooccurrence by name
select *
from new_pair
order by entity_key_a, published_date_key;

drop table former_named;
