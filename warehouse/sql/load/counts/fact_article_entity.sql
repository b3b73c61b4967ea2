-- Grain: a version of an article x an entity it names.
-- Reads: counted_article, fact_entity_mention, fact_article. Writes: fact_article_entity, of these versions;
-- changed_day: the entities they named and name, by day; temporary named_entity: rank and sentences of each.
-- The headline has the sentence number 0 and is a sentence of its own.

insert into changed_day
select distinct
    held.entity_key,
    held.published_date_key
from fact_article_entity as held
semi join counted_article as counted on held.article_key = counted.article_key;

delete from fact_article_entity
where article_key in (select counted_article.article_key from counted_article);

create or replace temp table named_entity as
select
    mention.article_key,
    mention.entity_key,
    count(*) as mention_count,
    list(distinct mention.sentence_number) as sentence_numbers,
    row_number() over (
        partition by mention.article_key
        order by count(*) desc, min((mention.sentence_number, mention.start_char)) asc, mention.entity_key asc
    ) as rank_number
from fact_entity_mention as mention
semi join counted_article as counted on mention.article_key = counted.article_key
where mention.entity_key >= 0
group by mention.article_key, mention.entity_key;

insert into fact_article_entity by name
select
    fact.article_key,
    named.entity_key,
    fact.source_key,
    fact.published_date_key,
    named.mention_count,
    length(named.sentence_numbers) as sentence_count,
    list_contains(named.sentence_numbers, 0) as is_in_headline
from named_entity as named
inner join fact_article as fact on named.article_key = fact.article_key
order by named.entity_key, fact.published_date_key;

insert into changed_day
select distinct
    named.entity_key,
    fact.published_date_key
from named_entity as named
inner join fact_article as fact on named.article_key = fact.article_key;
