-- Grain: a version of an article x two entities it names.
-- Reads: counted_article, named_entity, fact_article. Writes: fact_cooccurrence, of these versions; changed_pair: the
-- pairs they had and have. Of a version that names more than $entity_count entities those are paired that it names most
-- often; on a tie those it names first, then those with the smaller key.

insert into changed_pair
select distinct
    held.entity_key_a,
    held.entity_key_b
from fact_cooccurrence as held
semi join counted_article as counted on held.article_key = counted.article_key;

delete from fact_cooccurrence
where article_key in (select counted_article.article_key from counted_article);

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

insert into changed_pair
select distinct
    entity_key_a,
    entity_key_b
from new_pair;

drop table new_pair;
