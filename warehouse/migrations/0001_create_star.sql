-- The star schema: dimensions, facts, the audit of runs, and the record of migrations itself.
-- Kinds: a _key joins tables, an _id is the durable natural key, an _at is a timestamp in UTC without a zone, a _count
-- is a number of things, a _char an offset in characters. -1 is the special member "unknown", -2 "not applicable".
-- No foreign keys (they cost ten times the load) and none on facts: warehouse/sql/checks finds what keys would refuse.

create table schema_migration (
    version integer not null,
    name varchar not null,
    checksum varchar not null,
    applied_at timestamp not null
);
comment on table schema_migration is 'A migration that was applied to this file';
comment on column schema_migration.version is 'Number at the head of the migration''s file name';
comment on column schema_migration.name is 'File name of the migration without its suffix';
comment on column schema_migration.checksum is 'SHA-256 of the file as it was applied, hex';
comment on column schema_migration.applied_at is 'When it was applied, UTC';

create table dim_date (
    date_key integer not null,
    date date,
    year smallint not null,
    quarter tinyint not null,
    month tinyint not null,
    iso_week tinyint not null,
    day_of_week tinyint not null,
    is_weekend boolean not null
);
comment on table dim_date is 'A day (UTC); every day of each year in use. -1 unknown, -2 not applicable';
comment on column dim_date.date_key is 'The day as the number yyyymmdd; -1 unknown, -2 not applicable';
comment on column dim_date.date is 'The day; null for the special members only';
comment on column dim_date.year is 'Calendar year; 0 for the special members';
comment on column dim_date.quarter is 'Quarter of the year, 1 to 4; 0 for the special members';
comment on column dim_date.month is 'Month of the year, 1 to 12; 0 for the special members';
comment on column dim_date.iso_week is 'ISO 8601 week, 1 to 53; 0 for the special members';
comment on column dim_date.day_of_week is 'ISO 8601 day of the week, 1 Monday to 7 Sunday; 0 for the special members';
comment on column dim_date.is_weekend is 'Saturday or Sunday; false for the special members';

create table dim_source (
    source_key bigint not null,
    source_id varchar not null,
    name varchar not null,
    domain varchar,
    country_code varchar,
    timezone varchar,
    valid_from timestamp not null,
    valid_to timestamp not null,
    is_current boolean not null
);
comment on table dim_source is 'A version of what is known of an outlet (SCD2). -1 unknown, -2 not applicable';
comment on column dim_source.source_key is 'Surrogate key; -1 unknown, -2 not applicable';
comment on column dim_source.source_id is 'Durable key: the domain without www., else the folded name';
comment on column dim_source.name is
'The name its documents give it most often; on a tie the first in code point order';
comment on column dim_source.domain is 'The domain its documents give most often; null when none does';
comment on column dim_source.country_code is 'Country it publishes in, ISO 3166-1 alpha-2; null when unknown';
comment on column dim_source.timezone is 'IANA time zone it dates its articles in; null when unknown';
comment on column dim_source.valid_from is 'Start of this version, inclusive, UTC';
comment on column dim_source.valid_to is 'End of this version, exclusive, UTC; 9999-12-31 for the current one';
comment on column dim_source.is_current is
'The version that holds now; false for the special members, which are no outlets';

create table dim_article (
    article_key bigint not null,
    article_id varchar not null,
    version integer not null,
    external_id varchar not null,
    url varchar,
    headline varchar not null,
    author varchar,
    language_code varchar not null,
    content_hash varchar not null,
    text_hash varchar not null,
    modified_at timestamp,
    valid_from timestamp not null,
    valid_to timestamp not null,
    is_current boolean not null,
    ingested_uri varchar not null,
    ingested_at timestamp not null,
    raw_hash varchar not null
);
comment on table dim_article is 'A version of an article (SCD2 on content). -1 unknown, -2 not applicable';
comment on column dim_article.article_key is 'Surrogate key of the version; -1 unknown, -2 not applicable';
comment on column dim_article.article_id is 'Durable key: the canonical URL, else <source_id>|<external_id>';
comment on column dim_article.version is '1 is the earliest by the article''s own dates; 0 for the special members';
comment on column dim_article.external_id is 'The id the source gives: record id, else the relative path of the file';
comment on column dim_article.url is 'Canonical URL; null when the document gives none';
comment on column dim_article.headline is 'Headline as stored; empty when the article has none';
comment on column dim_article.author is 'The byline as it came; null when there is none';
comment on column dim_article.language_code is 'ISO 639-1; und when it cannot be told';
comment on column dim_article.content_hash is
'SHA-256, hex, of headline and body before learned page furniture is removed';
comment on column dim_article.text_hash is 'SHA-256, hex, of headline and body as stored: equal texts, equal names';
comment on column dim_article.modified_at is 'When the article says it was changed, UTC; null when it does not say';
comment on column dim_article.valid_from is 'Start of this version by the article''s own dates, inclusive, UTC';
comment on column dim_article.valid_to is 'End of this version, exclusive, UTC; 9999-12-31 for the current one';
comment on column dim_article.is_current is 'The latest version; false for the special members, which are no articles';
comment on column dim_article.ingested_uri is 'Audit: where the first document of this version was read';
comment on column dim_article.ingested_at is 'Audit: when that document was fetched or last written, UTC';
comment on column dim_article.raw_hash is 'SHA-256 of that document''s bytes, hex: its name in the raw store';

create table article_body (
    article_key bigint not null,
    body varchar not null
);
comment on table article_body is 'The text of a version of an article, apart from dim_article to keep that narrow';
comment on column article_body.article_key is 'The version: dim_article';
comment on column article_body.body is 'Paragraphs divided by a blank line, page furniture removed, NFC';

create table dim_entity (
    entity_key bigint not null,
    entity_id varchar not null,
    name varchar not null,
    entity_type varchar not null,
    country_code varchar,
    place_key bigint not null,
    is_hidden boolean not null
);
comment on table dim_entity is 'A person, organisation or other thing that is named. -1 unknown, -2 not applicable';
comment on column dim_entity.entity_key is 'Surrogate key; -1 unknown, -2 not applicable';
comment on column dim_entity.entity_id is 'Durable key: <entity_type>:<name key>';
comment on column dim_entity.name is 'The full name most articles use; on a tie the longest, then the first in order';
comment on column dim_entity.entity_type is 'Label of the spaCy model (OntoNotes 5), such as PERSON, ORG, GPE';
comment on column dim_entity.country_code is 'ISO 3166-1 alpha-2 where the entity is a country; null otherwise';
comment on column dim_entity.place_key is 'The place it is; -1 unknown';
comment on column dim_entity.is_hidden is 'Left out of reports by a decision of the users';

create table entity_alias (
    entity_key bigint not null,
    alias varchar not null,
    mention_count integer not null,
    rule varchar not null
);
comment on table entity_alias is 'A form under which an entity is mentioned: entity x surface form';
comment on column entity_alias.entity_key is 'The entity: dim_entity';
comment on column entity_alias.alias is 'The form as it stands in the texts';
comment on column entity_alias.mention_count is 'Mentions of the entity under this form, all versions of all articles';
comment on column entity_alias.rule is
'The strongest rule that tied form and entity: exact, alias, acronym, title, surname, others';

create table fact_article (
    article_key bigint not null,
    source_key bigint not null,
    published_date_key integer not null,
    ingested_date_key integer not null,
    story_key bigint not null,
    published_at timestamp,
    word_count integer not null,
    mention_count integer not null,
    quote_count integer not null,
    is_duplicate boolean not null,
    extraction_id varchar,
    run_key bigint not null
);
comment on table fact_article is 'Grain: a version of an article';
comment on column fact_article.article_key is 'The version: dim_article';
comment on column fact_article.source_key is 'The outlet: dim_source';
comment on column fact_article.published_date_key is 'Day of published_at (UTC): dim_date; -1 unknown';
comment on column fact_article.ingested_date_key is
'Audit: day (UTC) of the load that first brought this version: dim_date';
comment on column fact_article.story_key is 'The story it belongs to; -1 unknown';
comment on column fact_article.published_at is 'When the article says it was published, UTC; null when it does not say';
comment on column fact_article.word_count is 'Words of headline and body';
comment on column fact_article.mention_count is 'Rows of fact_entity_mention of this version';
comment on column fact_article.quote_count is 'Quotations found in this version; 0 until quotations are read';
comment on column fact_article.is_duplicate is
'The same content was published under another article_id before this one';
comment on column fact_article.extraction_id is
'What produced the mentions (code, model, settings); null until extracted';
comment on column fact_article.run_key is 'Audit: the load that last changed this version: dim_run';

create table fact_entity_mention (
    article_key bigint not null,
    entity_key bigint not null,
    source_key bigint not null,
    published_date_key integer not null,
    field varchar not null,
    sentence_number integer not null,
    start_char integer not null,
    end_char integer not null,
    surface_text varchar not null,
    label varchar not null,
    full_name varchar not null,
    resolution_rule varchar not null,
    resolution_score double not null,
    run_key bigint not null
);
comment on table fact_entity_mention is 'Grain: a span of a version of an article, as one entity';
comment on column fact_entity_mention.article_key is 'The version: dim_article';
comment on column fact_entity_mention.entity_key is 'The entity it was resolved to: dim_entity; -1 unknown';
comment on column fact_entity_mention.source_key is 'The outlet, as in fact_article: dim_source';
comment on column fact_entity_mention.published_date_key is 'The day, as in fact_article: dim_date; -1 unknown';
comment on column fact_entity_mention.field is 'headline or body';
comment on column fact_entity_mention.sentence_number is '1 is the first sentence of the body; 0 in the headline';
comment on column fact_entity_mention.start_char is 'Offset of the first character in the field, from 0';
comment on column fact_entity_mention.end_char is 'Offset behind the last character in the field';
comment on column fact_entity_mention.surface_text is 'The characters of the span, always field[start_char:end_char]';
comment on column fact_entity_mention.label is
'Label the model gave the span, or the entity''s type where a name was found';
comment on column fact_entity_mention.full_name is 'The fullest form of the name in this text';
comment on column fact_entity_mention.resolution_rule is 'The rule that tied the span to the entity';
comment on column fact_entity_mention.resolution_score is 'How sure the rule is, 0 to 1';
comment on column fact_entity_mention.run_key is 'Audit: the load that last wrote this row: dim_run';

create table dim_run (
    run_key bigint not null,
    flow_run_id varchar,
    interval_start timestamp,
    interval_end timestamp,
    started_at timestamp not null,
    finished_at timestamp not null,
    code_version varchar not null,
    model_name varchar,
    model_version varchar,
    model_backend varchar,
    read_count integer not null,
    loaded_count integer not null,
    unchanged_count integer not null,
    duplicate_count integer not null,
    rejected_count integer not null,
    unsupported_count integer not null,
    removed_line_count integer not null,
    error varchar
);
comment on table dim_run is 'A load (audit); read_count = loaded + unchanged + duplicate + rejected';
comment on column dim_run.run_key is 'Surrogate key of the load';
comment on column dim_run.flow_run_id is 'Id of the Prefect flow run; null when run without Prefect';
comment on column dim_run.interval_start is 'Start of the data interval, inclusive, UTC; null when none was given';
comment on column dim_run.interval_end is 'End of the data interval, exclusive, UTC; null when none was given';
comment on column dim_run.started_at is 'When the run started, UTC';
comment on column dim_run.finished_at is 'When its rows were complete, UTC';
comment on column dim_run.code_version is 'Version of Dateline';
comment on column dim_run.model_name is 'Name of the spaCy model; null when no model was used';
comment on column dim_run.model_version is 'Version of the model; null when no model was used';
comment on column dim_run.model_backend is 'Matrix library the model ran on; null when no model was used';
comment on column dim_run.read_count is 'Documents read';
comment on column dim_run.loaded_count is 'Documents that brought a new article or a new content of one';
comment on column dim_run.unchanged_count is 'Documents whose article had this content before the run';
comment on column dim_run.duplicate_count is 'Documents whose article and content were met before in the same run';
comment on column dim_run.rejected_count is 'Documents refused: rejected_document says why';
comment on column dim_run.unsupported_count is 'Documents loaded in a language the model does not read: no mentions';
comment on column dim_run.removed_line_count is 'Lines removed from bodies as page furniture';
comment on column dim_run.error is 'What went wrong, one line; null when nothing did';

create table rejected_document (
    uri varchar not null,
    external_id varchar not null,
    content_hash varchar,
    reason varchar not null,
    detail varchar not null,
    rejected_at timestamp not null,
    run_key bigint not null
);
comment on table rejected_document is 'An input that was refused, once per reason and content';
comment on column rejected_document.uri is 'Where the document was read';
comment on column rejected_document.external_id is
'The id the source gives: record id, else the relative path of the file';
comment on column rejected_document.content_hash is
'SHA-256 of the document''s bytes, hex; null when they could not be read';
comment on column rejected_document.reason is 'Reason code, such as empty or bad_json';
comment on column rejected_document.detail is 'What was found, for the person who mends the source';
comment on column rejected_document.rejected_at is 'Audit: when it was first refused, UTC';
comment on column rejected_document.run_key is 'Audit: the load that first refused it: dim_run';

insert into dim_date values
(-1, null, 0, 0, 0, 0, 0, false),
(-2, null, 0, 0, 0, 0, 0, false);

insert into dim_source values
(-1, '(unknown)', '(unknown)', null, null, null, '1900-01-01', '9999-12-31', false),
(-2, '(not applicable)', '(not applicable)', null, null, null, '1900-01-01', '9999-12-31', false);

insert into dim_article values
(
    -1, '(unknown)', 0, '', null, '', null, 'und', '', '', null,
    '1900-01-01', '9999-12-31', false, '', '1900-01-01', ''
),
(
    -2, '(not applicable)', 0, '', null, '', null, 'und', '', '', null,
    '1900-01-01', '9999-12-31', false, '', '1900-01-01', ''
);

insert into dim_entity values
(-1, '(unknown)', '(unknown)', '(unknown)', null, -1, false),
(-2, '(not applicable)', '(not applicable)', '(not applicable)', null, -2, false);
