-- When articles were published, by every date that says so, and where they were filed.

alter table article_observation add column dateline_place varchar;
alter table article_observation add column dateline_agency varchar;
alter table article_observation add column dateline_date date;
comment on column article_observation.dateline_place is 'Where it was filed, as its dateline has it; null without one';
comment on column article_observation.dateline_agency is 'Who filed it, as its dateline has it; null when it has not';
comment on column article_observation.dateline_date is
'Day of its dateline, the year by published_at; null when it has none, or published_at is not known';

alter table dim_article add column dateline_place varchar;
alter table dim_article add column dateline_agency varchar;
alter table dim_article add column dateline_date date;
comment on column dim_article.dateline_place is
'Where it was filed, as its dateline has it, such as LONDON; null without a dateline';
comment on column dim_article.dateline_agency is
'Who filed it, as its dateline has it, such as Reuters; null when it has not';
comment on column dim_article.dateline_date is
'Day of its dateline, the year by published_at; null when it has none, or published_at is not known';

comment on column dim_run.removed_line_count is 'Lines removed from bodies: page furniture and datelines';
comment on table article_removed_line is
'Internal. A line that was taken out of a body, as page furniture or as its dateline, kept as evidence';

create table article_date (
    article_id varchar not null,
    content_hash varchar not null,
    method varchar not null,
    raw_text varchar not null,
    candidate_at timestamp,
    zone_source varchar,
    is_chosen boolean not null,
    ingested_at timestamp not null
);
comment on table article_date is
'Internal. A date in or around the documents of a content of an article, a reading each: fact_date_candidate has all';
comment on column article_date.article_id is 'The article';
comment on column article_date.content_hash is 'The content of the article';
comment on column article_date.method is 'Where the date stands';
comment on column article_date.raw_text is 'The date as written';
comment on column article_date.candidate_at is 'What it says, UTC; null when it cannot be read';
comment on column article_date.zone_source is 'Where its zone is from; null when it cannot be read';
comment on column article_date.is_chosen is 'In one of the documents it is the one that counts';
comment on column article_date.ingested_at is
'Audit: when the last of these documents was fetched or last written, UTC';

create table fact_date_candidate (
    article_key bigint not null,
    method varchar not null,
    raw_text varchar not null,
    candidate_at timestamp,
    zone_source varchar,
    is_chosen boolean not null
);
comment on table fact_date_candidate is
'Grain: a version of an article x a date that may tell when it was published or changed, once a reading';
comment on column fact_date_candidate.article_key is 'The version: dim_article';
comment on column fact_date_candidate.method is
'Where the date stands: <record, jsonld, meta, time, listing or text>_published or _modified, jsonld_created, url, '
'dateline, http_last_modified, warc; unrecorded for what was loaded before candidates were kept';
comment on column fact_date_candidate.raw_text is 'The date as written';
comment on column fact_date_candidate.candidate_at is
'What it says, UTC; a day is its midnight; null when it cannot be read, or in two ways';
comment on column fact_date_candidate.zone_source is
'Where its zone is from: text, source (the sources file), or assumed (UTC, and for days); null when it cannot be read';
comment on column fact_date_candidate.is_chosen is 'It is fact_article.published_at: true for one row of a version';

insert into article_date (
    article_id, content_hash, method, raw_text, candidate_at, zone_source, is_chosen, ingested_at
)
select
    article_id,
    content_hash,
    'unrecorded' as method_name,
    strftime(published_at, '%Y-%m-%dT%H:%M:%S') as raw_text,
    published_at as candidate_at,
    'text' as zone_source,
    true as is_chosen,
    max(ingested_at) as ingested_at
from article_observation
where published_at is not null
group by article_id, content_hash, published_at;

insert into fact_date_candidate by name
select
    article.article_key,
    known.method,
    known.raw_text,
    known.candidate_at,
    known.zone_source,
    coalesce(known.candidate_at = fact.published_at, false) as is_chosen
from dim_article as article
inner join fact_article as fact on article.article_key = fact.article_key
inner join article_date as known
    on article.article_id = known.article_id and article.content_hash = known.content_hash;
