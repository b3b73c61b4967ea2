-- Grain: a version of an article x an entity it names.
-- Reads: counted_article, story_version, added_version, fact_entity_mention, fact_article. Writes: fact_article_entity,
-- of the versions counted; temporary held_entity: the rows they had, and those of the other versions in their stories;
-- named_entity: rank and sentences of each they have; new_entity: the rows they have.
-- The headline has the sentence number 0 and is a sentence of its own.

create or replace temp table near_version as
select article_key
from story_version
union
select article_key
from counted_article;

-- The rows of old articles lie all over the table: by their numbers only what holds them is read of the other columns.
create or replace temp table former_number as
select rowid as row_number
from fact_article_entity
where
    rowid < coalesce(getvariable('watermark_fact_article_entity'), 0)
    and article_key in (
        select near_version.article_key
        from near_version
        anti join added_version on near_version.article_key = added_version.article_key
    );

create or replace temp table held_entity as
select
    held.*,
    held.rowid as held_number
from fact_article_entity as held
where
    held.rowid >= coalesce(getvariable('watermark_fact_article_entity'), 0)
    and held.article_key in (select near_version.article_key from near_version)
union all
select
    held.*,
    held.rowid as held_number
from fact_article_entity as held
where held.rowid in (select former_number.row_number from former_number);

drop table former_number;

delete from fact_article_entity
where
    rowid in (
        select held_entity.held_number
        from held_entity
        semi join counted_article as counted on held_entity.article_key = counted.article_key
    );

create or replace temp table named_entity as
with mention as (
    select
        article_key,
        entity_key,
        sentence_number,
        start_char
    from fact_entity_mention
    where
        rowid >= coalesce(getvariable('watermark_fact_entity_mention'), 0)
        and article_key in (select counted_article.article_key from counted_article)
    union all
    select
        article_key,
        entity_key,
        sentence_number,
        start_char
    from fact_entity_mention
    where rowid in (select wanted_mention.row_number from wanted_mention)
)

select
    mention.article_key,
    mention.entity_key,
    count(*) as mention_count,
    list(distinct mention.sentence_number) as sentence_numbers,
    row_number() over (
        partition by mention.article_key
        order by count(*) desc, min((mention.sentence_number, mention.start_char)) asc, mention.entity_key asc
    ) as rank_number
from mention
where mention.entity_key >= 0
group by mention.article_key, mention.entity_key;

create or replace temp table new_entity as
select
    fact.article_key,
    named.entity_key,
    fact.source_key,
    fact.published_date_key,
    named.mention_count,
    length(named.sentence_numbers) as sentence_count,
    list_contains(named.sentence_numbers, 0) as is_in_headline,
    fact.story_key,
    fact.is_current_version,
    fact.is_duplicate
from named_entity as named
inner join fact_article as fact on named.article_key = fact.article_key;

insert into fact_article_entity by name
select *
from new_entity
order by entity_key, published_date_key;
