-- Where articles come from: every document they were read from, what was asked of servers, what the sources file says
-- of outlets, and what of it came on each day.

create table article_provenance (
    article_id varchar not null,
    content_hash varchar not null,
    source_id varchar not null,
    external_id varchar not null,
    media_type varchar not null,
    reader varchar,
    raw_hash varchar not null,
    ingested_uri varchar not null,
    ingested_final_uri varchar,
    ingested_offset bigint,
    ingested_at timestamp not null
);
comment on table article_provenance is
'A document that an article, with one content, was read from: the same article from a feed and an archive has two rows';
comment on column article_provenance.article_id is 'The article: dim_article';
comment on column article_provenance.content_hash is 'The content: dim_article';
comment on column article_provenance.source_id is 'The outlet: dim_source';
comment on column article_provenance.external_id is 'The id this document gives: record id, guid, else relative path';
comment on column article_provenance.media_type is 'What the document is: text/plain, text/html, application/json';
comment on column article_provenance.reader is 'The format of the file or answer it was in, such as warc, csv, html';
comment on column article_provenance.raw_hash is 'SHA-256 of its bytes, hex: dateline raw show prints them';
comment on column article_provenance.ingested_uri is 'Audit: where it was read';
comment on column article_provenance.ingested_final_uri is
'Audit: where redirects led to; null where that is ingested_uri';
comment on column article_provenance.ingested_offset is
'Audit: where a WARC record begins in the unpacked file, in bytes; null for others';
comment on column article_provenance.ingested_at is 'Audit: when it was first fetched or last written, UTC';

create table source_fetch (
    source_id varchar not null,
    kind varchar not null,
    url varchar not null,
    parent_url varchar,
    outcome varchar not null,
    reason varchar,
    detail varchar,
    entry_count integer,
    raw_hash varchar,
    fetched_at timestamp not null
);
comment on table source_fetch is 'An address that was asked for, once a run, and what came of it';
comment on column source_fetch.source_id is 'The outlet it was asked for: dim_source';
comment on column source_fetch.kind is 'feed, sitemap, urls (a list of addresses) or page';
comment on column source_fetch.url is 'The address as it was asked for';
comment on column source_fetch.parent_url is 'The feed or sitemap that lists it; null where it was given by name';
comment on column source_fetch.outcome is 'fetched, unmodified (the server says that we have it) or failed';
comment on column source_fetch.reason is 'Reason code of a failure, as in rejected_document; null for others';
comment on column source_fetch.detail is 'What happened, in words; null unless it failed';
comment on column source_fetch.entry_count is 'Addresses that a feed or sitemap lists; null for pages';
comment on column source_fetch.raw_hash is 'SHA-256 of what came, hex; null unless it was fetched';
comment on column source_fetch.fetched_at is 'When the answer began, or failed to come, UTC';

create table source_version (
    source_id varchar not null,
    name varchar not null,
    domain varchar,
    country_code varchar,
    timezone varchar,
    language_code varchar,
    licence varchar,
    schedule varchar,
    valid_from timestamp not null,
    valid_to timestamp not null
);
comment on table source_version is 'Internal. A block of the sources file that was used last: an outlet, for a time';
comment on column source_version.source_id is 'Durable key of the outlet';
comment on column source_version.name is 'Its name';
comment on column source_version.domain is 'Its domain; null for one without';
comment on column source_version.country_code is 'ISO 3166-1 alpha-2; null when not given';
comment on column source_version.timezone is 'IANA time zone; null when not given';
comment on column source_version.language_code is 'ISO 639-1; null when not given';
comment on column source_version.licence is 'Under which terms its articles may be used, in words; null when not given';
comment on column source_version.schedule is
'When it is fetched: cron, five fields, in its time zone; null for on demand';
comment on column source_version.valid_from is 'Since when this holds, inclusive, UTC';
comment on column source_version.valid_to is 'Until when, exclusive, UTC; 9999-12-31 until further notice';

alter table dim_source add column language_code varchar;
alter table dim_source add column licence varchar;
comment on column dim_source.language_code is 'Language it publishes in, ISO 639-1; null when unknown';
comment on column dim_source.licence is 'Under which terms its articles may be used, in words; null when unknown';

create table fact_source_coverage (
    source_key bigint not null,
    date_key integer not null,
    expected_count integer not null,
    received_count integer not null,
    loaded_count integer not null,
    unchanged_count integer not null,
    duplicate_count integer not null,
    rejected_count integer not null,
    listing_count integer not null,
    failed_listing_count integer not null,
    status varchar not null
);
comment on table fact_source_coverage is
'Grain: an outlet that is fetched x a day (UTC) since it was first asked, on which it was asked, or due';
comment on column fact_source_coverage.source_key is 'The outlet: dim_source';
comment on column fact_source_coverage.date_key is 'The day on which was fetched: dim_date';
comment on column fact_source_coverage.expected_count is 'Pages that were asked for that day, each once';
comment on column fact_source_coverage.received_count is
'Pages that came, or of which the server says that we have them; loaded + unchanged + duplicate + refused once read';
comment on column fact_source_coverage.loaded_count is 'Pages that brought a new article or a new content of one';
comment on column fact_source_coverage.unchanged_count is 'Pages whose article had this content before that day';
comment on column fact_source_coverage.duplicate_count is
'Pages with an article and content that another page of that day had brought';
comment on column fact_source_coverage.rejected_count is
'Pages that did not come, or were refused: rejected_document says why';
comment on column fact_source_coverage.listing_count is 'Feeds, sitemaps and lists that were asked for that day';
comment on column fact_source_coverage.failed_listing_count is 'Those among them that did not answer with a list';
comment on column fact_source_coverage.status is
'complete; partial: something failed or was refused; quiet: nothing was new; error: nothing answered; gap: not asked';
