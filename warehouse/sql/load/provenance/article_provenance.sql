-- Grain: article_id x content_hash x ingested_uri x raw_hash; the first sight of several.
-- Reads: incoming_provenance, article_provenance. Writes: article_provenance; temporary changed_page: the addresses
-- whose days have to be counted anew (sql/load/coverage), all or those with these bytes.

create or replace temp table given_article as
select distinct article_id
from incoming_provenance;

-- By their numbers: a text that is looked for has DuckDB read all columns of all rows.
create or replace temp table held_number as
select rowid as row_number
from article_provenance
where article_id in (select given_article.article_id from given_article);

create or replace temp table held_provenance as
select *
from article_provenance
where rowid in (select held_number.row_number from held_number);

delete from article_provenance
where rowid in (select held_number.row_number from held_number);

create or replace temp view candidate_provenance as
select * from held_provenance
union all by name
select incoming.* replace (cast(incoming.ingested_at as timestamp) as ingested_at)
from incoming_provenance as incoming;

-- Only these are put in order (sql/load/observations/article_observation.sql).
create or replace temp table repeated_content as
select
    article_id,
    content_hash
from candidate_provenance
group by article_id, content_hash
having count(*) > 1;

insert into article_provenance by name
select candidate.*
from candidate_provenance as candidate
anti join repeated_content as repeated
    on candidate.article_id = repeated.article_id and candidate.content_hash = repeated.content_hash
union all by name
select candidate.*
from candidate_provenance as candidate
semi join repeated_content as repeated
    on candidate.article_id = repeated.article_id and candidate.content_hash = repeated.content_hash
qualify row_number() over (
    partition by candidate.article_id, candidate.content_hash, candidate.ingested_uri, candidate.raw_hash
    order by
        candidate.ingested_at, candidate.source_id, candidate.external_id, candidate.media_type, candidate.reader,
        candidate.ingested_final_uri, candidate.ingested_offset
) = 1;

-- What a page brought on a day is told by the documents with its bytes, or within it, and by when their content was
-- first seen: of a page that is known another document changes no day on which it had other bytes.
insert into changed_page by name
with held_sight as (
    select
        article_id,
        content_hash,
        min((ingested_at, ingested_uri)) as first_sight
    from held_provenance
    group by article_id, content_hash
),

latter_sight as (
    select
        article_id,
        content_hash,
        min((ingested_at, ingested_uri)) as first_sight
    from candidate_provenance
    group by article_id, content_hash
),

moved_content as (
    select
        held.article_id,
        held.content_hash
    from held_sight as held
    inner join latter_sight as latter
        on held.article_id = latter.article_id and held.content_hash = latter.content_hash
    where held.first_sight <> latter.first_sight
),

known_page as (
    select distinct
        article_id,
        split_part(ingested_uri, '#', 1) as page_url
    from held_provenance
),

changed_document as (
    select
        candidate.ingested_uri,
        null as raw_hash
    from candidate_provenance as candidate
    semi join moved_content as moved
        on candidate.article_id = moved.article_id and candidate.content_hash = moved.content_hash
    union
    select
        given.ingested_uri,
        case when known_page.page_url = given.ingested_uri then given.raw_hash end as raw_hash
    from incoming_provenance as given
    anti join held_provenance as held
        on
            given.article_id = held.article_id
            and given.content_hash = held.content_hash
            and given.ingested_uri = held.ingested_uri
            and given.raw_hash = held.raw_hash
    left join known_page
        on given.article_id = known_page.article_id and given.ingested_uri = known_page.page_url
)

select
    ingested_uri as url,
    raw_hash
from changed_document
union
select
    split_part(ingested_uri, '#', 1) as url,
    raw_hash
from changed_document;

drop view candidate_provenance;
