-- Grain: article_id x content_hash x method x raw_text x candidate_at x zone_source.
-- Reads: incoming_date, article_date. Writes: article_date.
-- It is chosen when a document of them chose it, and ingested when the last of them was: in any order the same.

create or replace temp table given_article as
select distinct article_id
from incoming_date;

-- By their numbers: a text that is looked for has DuckDB read all columns of all rows.
create or replace temp table held_number as
select rowid as row_number
from article_date
where article_id in (select given_article.article_id from given_article);

create or replace temp table held_date as
select *
from article_date
where rowid in (select held_number.row_number from held_number);

delete from article_date
where rowid in (select held_number.row_number from held_number);

insert into article_date by name
with candidate as (
    select * from held_date
    union all by name
    select
        incoming.* replace (
            cast(incoming.candidate_at as timestamp) as candidate_at,
            cast(incoming.ingested_at as timestamp) as ingested_at
        )
    from incoming_date as incoming
)

select
    candidate.article_id,
    candidate.content_hash,
    candidate.method,
    candidate.raw_text,
    candidate.candidate_at,
    candidate.zone_source,
    bool_or(candidate.is_chosen) as is_chosen,
    max(candidate.ingested_at) as ingested_at
from candidate
group by all;
