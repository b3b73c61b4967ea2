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

create or replace temp table kept_provenance as
with candidate as (
    select *
    from article_provenance
    where rowid in (select held_number.row_number from held_number)
    union all by name
    select incoming.* replace (cast(incoming.ingested_at as timestamp) as ingested_at)
    from incoming_provenance as incoming
)

select candidate.*
from candidate
qualify row_number() over (
    partition by article_id, content_hash, ingested_uri, raw_hash
    order by
        ingested_at, source_id, external_id, media_type, reader, ingested_final_uri, ingested_offset
) = 1;

delete from article_provenance
where rowid in (select held_number.row_number from held_number);

insert into article_provenance by name
select * from kept_provenance;

insert into changed_page
select ingested_uri
from kept_provenance
union
select split_part(ingested_uri, '#', 1)
from kept_provenance;
