-- What the star is computed from: every sight of an article, and the lines that tell page furniture.
-- Internal: these tables may change without notice; queries belong on the star.

create table article_observation (
    article_id varchar not null,
    source_id varchar not null,
    source_name varchar not null,
    source_domain varchar,
    external_id varchar not null,
    url varchar,
    author varchar,
    headline varchar not null,
    language_code varchar not null,
    word_count integer not null,
    content_hash varchar not null,
    published_at timestamp,
    modified_at timestamp,
    ingested_uri varchar not null,
    ingested_at timestamp not null,
    raw_hash varchar not null,
    text_hash varchar not null
);
comment on table article_observation is
'Internal. One sight of an article: article_id x content_hash x published_at x modified_at, and ingested_at if undated';
comment on column article_observation.article_id is
'Durable key of the article: the canonical URL, else <source_id>|<external_id>';
comment on column article_observation.source_id is
'Durable key of the outlet: the domain without www., else the folded name';
comment on column article_observation.source_name is 'Name of the outlet as this document gives it';
comment on column article_observation.source_domain is 'Domain of the outlet; null when no URL is known';
comment on column article_observation.external_id is
'The id the source gives: record id, else the relative path of the file';
comment on column article_observation.url is 'Canonical URL; null when the document gives none';
comment on column article_observation.author is 'The byline as it came; null when there is none';
comment on column article_observation.headline is 'Headline; empty when there is none';
comment on column article_observation.language_code is 'ISO 639-1; und when it cannot be told';
comment on column article_observation.word_count is 'Words of headline and body';
comment on column article_observation.content_hash is
'SHA-256, hex, of headline and body before learned furniture is removed';
comment on column article_observation.published_at is
'When the document says it was published, UTC; null when it does not say';
comment on column article_observation.modified_at is
'When the document says it was changed, UTC; null when it does not say';
comment on column article_observation.ingested_uri is 'Audit: where it was first read';
comment on column article_observation.ingested_at is 'Audit: when it was first fetched or last written, UTC';
comment on column article_observation.raw_hash is 'SHA-256 of its bytes, hex: its name in the raw store';
comment on column article_observation.text_hash is
'SHA-256, hex, of headline and body as stored, learned furniture removed';

create table article_edge_line (
    source_id varchar not null,
    article_id varchar not null,
    content_hash varchar not null,
    line varchar not null,
    is_head boolean not null
);
comment on table article_edge_line is
'Internal. A paragraph near the start or end of a content: what repeats over a source''s articles is page furniture';
comment on column article_edge_line.source_id is 'The outlet';
comment on column article_edge_line.article_id is 'The article';
comment on column article_edge_line.content_hash is 'The content of the article the line was seen in';
comment on column article_edge_line.line is 'The paragraph';
comment on column article_edge_line.is_head is 'True near the start of the body, false near its end';

create table article_removed_line (
    article_id varchar not null,
    content_hash varchar not null,
    rule varchar not null,
    line varchar not null
);
comment on table article_removed_line is
'Internal. A line that was taken out of a body as page furniture, kept as evidence';
comment on column article_removed_line.article_id is 'The article';
comment on column article_removed_line.content_hash is 'The content of the article the line stood in';
comment on column article_removed_line.rule is 'The rule that took it out';
comment on column article_removed_line.line is 'The line as it stood';
