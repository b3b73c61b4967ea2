-- Grain: article_id x content_hash x ingested_uri x raw_hash; the first sight of several.
-- Reads: incoming_provenance, article_provenance. Writes: article_provenance; temporary changed_page: the addresses of
-- all documents of these articles, whose days have to be counted anew (sql/load/coverage).

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

insert into changed_page
select ingested_uri
from candidate_provenance
union
select split_part(ingested_uri, '#', 1)
from candidate_provenance;

drop view candidate_provenance;
