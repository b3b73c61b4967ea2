-- What a load of versions changes, worked out before anything is written.
-- Grain: a version of an article in each table.
-- Reads: incoming_version, dim_article, fact_article. Writes: temporary version_before, version_after, stale_text,
-- carried_text; former_article and added_version: of all that this connection loaded, the articles that were there
-- before it, and the versions of those that were not (warehouse/watermarks.py).

-- The versions of these articles that the warehouse has, by their numbers: a text that is looked for has DuckDB read
-- all columns of all rows.
create or replace temp table held_number as
select rowid as row_number
from dim_article
where article_id in (select incoming_version.article_id from incoming_version);

create or replace temp table version_before as
select
    article.article_id,
    article.text_hash,
    article.version,
    article.valid_from,
    article.section,
    article.language_code,
    article.author,
    article.author_types,
    fact.*
from dim_article as article
inner join fact_article as fact on article.article_key = fact.article_key
where article.rowid in (select held_number.row_number from held_number);

drop table held_number;

-- The versions it will have.
create or replace temp table version_after as
select
    article_id,
    article_key,
    text_hash,
    source_key,
    cast(published_at as timestamp) as published_at,
    word_count,
    is_current,
    coalesce(year(published_at) * 10000 + month(published_at) * 100 + day(published_at), -1) as published_date_key
from incoming_version;

create temp table if not exists former_article (article_id varchar);
create temp table if not exists added_version (article_id varchar, article_key bigint);

insert into former_article
select distinct held.article_id
from version_before as held
anti join former_article as former on held.article_id = former.article_id
anti join added_version as added on held.article_id = added.article_id;

insert into added_version
select
    given.article_id,
    given.article_key
from version_after as given
anti join former_article as former on given.article_id = former.article_id
anti join added_version as added on given.article_key = added.article_key;

-- The versions whose body and mentions have to go: no longer there, or with another text.
create or replace temp table stale_text as
select
    held.article_id,
    held.article_key
from version_before as held
anti join version_after as given
    on held.article_key = given.article_key and held.text_hash = given.text_hash;

-- The versions that need a text which some version already has, with all that was read from it.
create or replace temp table carried_text as
with wanted as (
    select given.*
    from version_after as given
    anti join version_before as held
        on given.article_key = held.article_key and given.text_hash = held.text_hash
),

donor as (
    select
        article.text_hash,
        fact.article_key,
        fact.extraction_id
    from dim_article as article
    semi join wanted on article.text_hash = wanted.text_hash
    inner join fact_article as fact on article.article_key = fact.article_key
    where fact.extraction_id is not null
    qualify row_number() over (
        partition by article.text_hash order by fact.extraction_id desc, fact.article_key asc
    ) = 1
)

select
    wanted.article_key,
    wanted.source_key,
    wanted.published_date_key,
    donor.article_key as donor_key,
    donor.extraction_id
from wanted
inner join donor on wanted.text_hash = donor.text_hash;
