-- Grain: article_id x content_hash x published_at x modified_at; of a document that does not say when it was changed
-- also ingested_at, or a text that went and came back could not be told from one that stayed.
-- Reads: incoming_observation, same_content, article_observation. Writes: article_observation.
-- Of two sights alike, the one ingested first stays, whatever the order they came in; the columns after ingested_uri
-- only break ties. A content has one text per source: the newest, since more furniture may be known now.

update article_observation
set text_hash = same_content.text_hash
from same_content
where article_observation.rowid = same_content.row_number and same_content.is_reworded;

drop table same_content;

create or replace temp table given_article as
select distinct article_id
from incoming_observation;

-- By their numbers: a text that is looked for has DuckDB read all columns of all rows.
create or replace temp table held_number as
select rowid as row_number
from article_observation
where article_id in (select given_article.article_id from given_article);

create or replace temp table held_observation as
select *
from article_observation
where rowid in (select held_number.row_number from held_number);

delete from article_observation
where rowid in (select held_number.row_number from held_number);

create or replace temp view candidate_observation as
select * from held_observation
union all by name
select
    incoming.* replace (
        cast(incoming.published_at as timestamp) as published_at,
        cast(incoming.modified_at as timestamp) as modified_at,
        cast(incoming.ingested_at as timestamp) as ingested_at
    )
from incoming_observation as incoming;

-- Only these are put in order, which costs more than all the rest: most contents are met once.
create or replace temp table repeated_content as
select
    article_id,
    content_hash
from candidate_observation
group by article_id, content_hash
having count(*) > 1;

insert into article_observation by name
select candidate.*
from candidate_observation as candidate
anti join repeated_content as repeated
    on candidate.article_id = repeated.article_id and candidate.content_hash = repeated.content_hash
union all by name
select candidate.*
from candidate_observation as candidate
semi join repeated_content as repeated
    on candidate.article_id = repeated.article_id and candidate.content_hash = repeated.content_hash
qualify row_number() over (
    partition by
        candidate.article_id,
        candidate.content_hash,
        candidate.published_at,
        candidate.modified_at,
        case when candidate.modified_at is null then candidate.ingested_at end
    order by
        candidate.ingested_at, candidate.ingested_uri, candidate.external_id, candidate.source_id,
        candidate.source_name, candidate.source_domain, candidate.url, candidate.author, candidate.headline,
        candidate.language_code, candidate.word_count, candidate.raw_hash, candidate.dateline_place,
        candidate.dateline_agency, candidate.dateline_date, candidate.author_types, candidate.alternative_headline,
        candidate.description, candidate.section, candidate.keywords, candidate.image_url, candidate.access,
        candidate.article_type
) = 1;

drop view candidate_observation;
