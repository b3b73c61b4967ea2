-- What the checks of articles look at after a load: all rows of the versions that it counted, and of the other articles
-- in their stories; of names, entities, authors and stories those that these lead to.
-- Reads: recounted_article, recounted_entity, added_version, found_mention, sought_version (sql/load/mentions), and the
-- tables. Writes: temporary narrowed_*: a part of each table.
-- A row that is missing is missing from the part, too; so a key that leads nowhere is found here as in the whole.
-- The rows of an article that was not there before lie behind the watermarks (warehouse/watermarks.py). Where a table
-- is wide its rows are found first and then read by their numbers: it takes half the time to read all columns by a key.
-- Of many numbers DuckDB knows the smallest and the largest alone: so where they are of a long table, those behind the
-- watermark are not among them.

create temp table if not exists recounted_article (article_key bigint);
create temp table if not exists recounted_entity (entity_key bigint);
create temp table if not exists added_version (article_id varchar, article_key bigint);
create temp table if not exists found_mention (article_key bigint, row_number bigint);
create temp table if not exists sought_version (article_key bigint);

create or replace temp table checked_story as
select distinct fact.story_key
from fact_article as fact
semi join recounted_article as recounted on fact.article_key = recounted.article_key;

create or replace temp table checked_article as
with member as (
    select fact.article_key
    from fact_article as fact
    semi join checked_story on fact.story_key = checked_story.story_key
    union
    select article_key
    from recounted_article
),

near as (
    select distinct article_id
    from dim_article
    where article_key in (select member.article_key from member)
),

added as (
    select distinct article_id
    from added_version
)

select
    near.article_id,
    added.article_id is null as is_former
from near
left join added on near.article_id = added.article_id;

create or replace temp table checked_number as
select rowid as row_number
from dim_article
where
    rowid >= coalesce(getvariable('watermark_dim_article'), 0)
    and article_id in (select checked_article.article_id from checked_article)
union all
select rowid as row_number
from dim_article
where
    rowid < coalesce(getvariable('watermark_dim_article'), 0)
    and article_id in (
        select checked_article.article_id
        from checked_article
        where checked_article.is_former
    );

create temp table narrowed_dim_article as
select *
from dim_article
where rowid in (select checked_number.row_number from checked_number);

create or replace temp table checked_version as
with near as (
    select article_key
    from narrowed_dim_article
    union
    select article_key
    from recounted_article
),

added as (
    select distinct article_key
    from added_version
)

select
    near.article_key,
    added.article_key is null as is_former
from near
left join added on near.article_key = added.article_key;

create temp table narrowed_fact_article as
select *
from fact_article
where article_key in (select checked_version.article_key from checked_version);

create temp table narrowed_counted_version as
select *
from counted_version
where article_key in (select checked_version.article_key from checked_version);

create or replace temp table checked_number as
select rowid as row_number
from article_body
where article_key in (select checked_version.article_key from checked_version);

create temp table narrowed_article_body as
select *
from article_body
where rowid in (select checked_number.row_number from checked_number);

create temp table narrowed_bridge_article_author as
select *
from bridge_article_author
where article_key in (select checked_version.article_key from checked_version);

create temp table narrowed_fact_date_candidate as
select *
from fact_date_candidate
where article_key in (select checked_version.article_key from checked_version);

-- Old versions whose mentions the load asked for were looked for then, and are not looked for again.
create or replace temp table checked_number as
select found_mention.row_number
from found_mention
semi join checked_version on found_mention.article_key = checked_version.article_key
union all
select rowid as row_number
from fact_entity_mention
where
    rowid < coalesce(getvariable('watermark_fact_entity_mention'), 0)
    and article_key in (
        select checked_version.article_key
        from checked_version
        anti join sought_version on checked_version.article_key = sought_version.article_key
        where checked_version.is_former
    );

create temp table narrowed_fact_entity_mention as
select *
from fact_entity_mention
where
    rowid >= coalesce(getvariable('watermark_fact_entity_mention'), 0)
    and article_key in (select checked_version.article_key from checked_version)
union all
select *
from fact_entity_mention
where rowid in (select checked_number.row_number from checked_number);

create or replace temp table checked_number as
select rowid as row_number
from fact_article_entity
where
    rowid < coalesce(getvariable('watermark_fact_article_entity'), 0)
    and article_key in (
        select checked_version.article_key
        from checked_version
        where checked_version.is_former
    );

create temp table narrowed_fact_article_entity as
select *
from fact_article_entity
where
    rowid >= coalesce(getvariable('watermark_fact_article_entity'), 0)
    and article_key in (select checked_version.article_key from checked_version)
union all
select *
from fact_article_entity
where rowid in (select checked_number.row_number from checked_number);

-- Not by their numbers: of more than a few hundred DuckDB looks through all, which takes longer than to read the pairs.
-- Old pairs are looked for by their first entity, too, as the count does: whom the version names, or named before this
-- load. A pair of anybody else is found in the night.
create or replace temp table checked_first as
select fact.entity_key
from narrowed_fact_article_entity as fact
semi join checked_version on fact.article_key = checked_version.article_key and checked_version.is_former
union
select entity_key
from recounted_entity;

create temp table narrowed_fact_cooccurrence as
select *
from fact_cooccurrence
where
    rowid >= coalesce(getvariable('watermark_fact_cooccurrence'), 0)
    and article_key in (select checked_version.article_key from checked_version)
union all
select *
from fact_cooccurrence
where
    rowid < coalesce(getvariable('watermark_fact_cooccurrence'), 0)
    and entity_key_a in (select checked_first.entity_key from checked_first)
    and article_key in (
        select checked_version.article_key
        from checked_version
        where checked_version.is_former
    );

create or replace temp table checked_number as
select rowid as row_number
from article_observation
where
    rowid >= coalesce(getvariable('watermark_article_observation'), 0)
    and article_id in (select checked_article.article_id from checked_article)
union all
select rowid as row_number
from article_observation
where
    rowid < coalesce(getvariable('watermark_article_observation'), 0)
    and article_id in (
        select checked_article.article_id
        from checked_article
        where checked_article.is_former
    );

create temp table narrowed_article_observation as
select *
from article_observation
where rowid in (select checked_number.row_number from checked_number);

create or replace temp table checked_number as
select rowid as row_number
from article_date
where
    rowid >= coalesce(getvariable('watermark_article_date'), 0)
    and article_id in (select checked_article.article_id from checked_article)
union all
select rowid as row_number
from article_date
where
    rowid < coalesce(getvariable('watermark_article_date'), 0)
    and article_id in (
        select checked_article.article_id
        from checked_article
        where checked_article.is_former
    );

create temp table narrowed_article_date as
select *
from article_date
where rowid in (select checked_number.row_number from checked_number);

create or replace temp table checked_number as
select rowid as row_number
from article_provenance
where
    rowid >= coalesce(getvariable('watermark_article_provenance'), 0)
    and article_id in (select checked_article.article_id from checked_article)
union all
select rowid as row_number
from article_provenance
where
    rowid < coalesce(getvariable('watermark_article_provenance'), 0)
    and article_id in (
        select checked_article.article_id
        from checked_article
        where checked_article.is_former
    );

create temp table narrowed_article_provenance as
select *
from article_provenance
where rowid in (select checked_number.row_number from checked_number);

create temp table narrowed_article_withdrawal as
select *
from article_withdrawal
where article_id in (select checked_article.article_id from checked_article);

create temp table narrowed_dim_story as
with found as (
    select rowid as row_number
    from dim_story
    where story_key in (select checked_story.story_key from checked_story)
    union
    select rowid as row_number
    from dim_story
    where story_id in (select checked_article.article_id from checked_article)
)

select *
from dim_story
where rowid in (select found.row_number from found);

create temp table narrowed_dim_author as
select *
from dim_author
where author_key in (select narrowed_bridge_article_author.author_key from narrowed_bridge_article_author);

-- The names of an entity lead to each other, and to no other: with all names of an entity no link leads out.
create or replace temp table checked_entity as
select entity_key
from narrowed_fact_entity_mention
union
select decision.entity_key
from resolution_decision as decision
semi join narrowed_fact_entity_mention as mention on decision.observed_key = mention.observed_key;

create temp table narrowed_resolution_decision as
select *
from resolution_decision
where
    entity_key in (select checked_entity.entity_key from checked_entity)
    and (article_key = -2 or article_key in (select checked_version.article_key from checked_version));

create temp table narrowed_observed_entity as
select *
from observed_entity
where
    observed_key in (
        select narrowed_resolution_decision.observed_key from narrowed_resolution_decision
        union
        select narrowed_resolution_decision.linked_key from narrowed_resolution_decision
        union
        select narrowed_fact_entity_mention.observed_key from narrowed_fact_entity_mention
    );

create temp table narrowed_dim_entity as
select *
from dim_entity
where entity_key in (select checked_entity.entity_key from checked_entity);
