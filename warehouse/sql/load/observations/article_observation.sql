-- Grain: article_id x content_hash x published_at x modified_at; of a document that does not say when it was changed
-- also ingested_at, or a text that went and came back could not be told from one that stayed.
-- Reads: incoming_observation, article_observation. Writes: article_observation.
-- Of two sights alike, the one ingested first stays, whatever the order they came in; the columns after ingested_uri
-- only break ties. A content has one text per source: the newest, since more furniture may be known now.

create or replace temp table given_article as
select distinct article_id
from incoming_observation;

-- By their numbers: a text that is looked for has DuckDB read all columns of all rows.
create or replace temp table held_number as
select rowid as row_number
from article_observation
where article_id in (select given_article.article_id from given_article);

create or replace temp table kept_observation as
with candidate as (
    select *
    from article_observation
    where rowid in (select held_number.row_number from held_number)
    union all by name
    select
        incoming.* replace (
            cast(incoming.published_at as timestamp) as published_at,
            cast(incoming.modified_at as timestamp) as modified_at,
            cast(incoming.ingested_at as timestamp) as ingested_at
        )
    from incoming_observation as incoming
)

select candidate.*
from candidate
qualify row_number() over (
    partition by
        article_id,
        content_hash,
        published_at,
        modified_at,
        case when modified_at is null then ingested_at end
    order by
        ingested_at, ingested_uri, external_id, source_id, source_name, source_domain, url, author, headline,
        language_code, word_count, raw_hash, dateline_place, dateline_agency, dateline_date, author_types,
        alternative_headline, description, section, keywords, image_url, access, article_type
) = 1;

delete from article_observation
where rowid in (select held_number.row_number from held_number);

insert into article_observation by name
select * from kept_observation;

create or replace temp table incoming_content as
select distinct
    source_id,
    content_hash,
    text_hash
from incoming_observation;

update article_observation
set text_hash = incoming.text_hash
from incoming_content as incoming
where
    article_observation.content_hash in (select incoming_content.content_hash from incoming_content)
    and article_observation.source_id = incoming.source_id
    and article_observation.content_hash = incoming.content_hash
    and article_observation.text_hash <> incoming.text_hash;
