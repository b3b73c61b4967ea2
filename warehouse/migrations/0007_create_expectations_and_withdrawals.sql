-- What days of outlets are expected to be like, which articles are withdrawn, and versions of changes nobody dated.

comment on table article_observation is
'Internal. One sight of an article: article_id x content_hash x published_at x modified_at, and ingested_at where it '
'does not say when it was changed';
comment on column dim_article.valid_from is
'Start of this version by the article''s own dates, else when it was fetched, inclusive, UTC';

-- Expectations: what is said, or was usual, of a day of an outlet, and whether it came true.

create table source_expectation (
    source_id varchar not null,
    valid_from timestamp not null,
    valid_to timestamp not null,
    measure varchar not null,
    expected_low double,
    expected_high double
);
comment on table source_expectation is
'Internal. What a block of the sources file that was used last expects: an outlet, for a time, x measure';
comment on column source_expectation.source_id is 'Durable key of the outlet';
comment on column source_expectation.valid_from is 'Since when the block holds, inclusive, UTC';
comment on column source_expectation.valid_to is 'Until when, exclusive, UTC; 9999-12-31 until further notice';
comment on column source_expectation.measure is 'The measure: fact_source_expectation';
comment on column source_expectation.expected_low is 'The lowest value that is expected; null for no lower bound';
comment on column source_expectation.expected_high is 'The highest value that is expected; null for no upper bound';

create table fact_source_expectation (
    source_key bigint not null,
    date_key integer not null,
    measure varchar not null,
    observed_value double not null,
    observed_count integer not null,
    expected_low double,
    expected_high double,
    expected_by varchar not null,
    history_day_count integer not null,
    status varchar not null,
    reason varchar not null
);
comment on table fact_source_expectation is
'Grain: an outlet x a day (UTC) on which it was asked, or due, or an article of it was first read x a measure';
comment on column fact_source_expectation.source_key is 'The outlet: dim_source';
comment on column fact_source_expectation.date_key is
'The day on which articles were first read, that is fetched, archived, or their file last written: dim_date';
comment on column fact_source_expectation.measure is
'article_count, word_count_median, author_ratio, date_ratio, section_ratio, language_ratio: of the articles that are '
'new; rejected_ratio: of the pages asked for';
comment on column fact_source_expectation.observed_value is
'What the day had: articles; words in the median; or the part of articles or pages, 0 to 1';
comment on column fact_source_expectation.observed_count is 'Articles behind the value; of rejected_ratio, pages';
comment on column fact_source_expectation.expected_low is 'The lowest value that is expected; null for no lower bound';
comment on column fact_source_expectation.expected_high is
'The highest value that is expected, of article_count for all days since it was last asked; null for no upper bound';
comment on column fact_source_expectation.expected_by is
'file: the sources file says so; history: the days before were so; none: there are too few of them';
comment on column fact_source_expectation.history_day_count is
'Days before, of the last 28, with enough to learn from';
comment on column fact_source_expectation.status is 'met, low, high, or too_little_data: not judged';
comment on column fact_source_expectation.reason is 'The status in words, with its numbers';

-- Withdrawn articles. A withdrawal is no version: the text stays what it was. So the columns are of the article (type
-- 1), the same in all its versions, and neither valid_to nor is_current ends with it: one version of each article is
-- current, and an article that comes back leaves no hole.

alter table dim_article add column is_withdrawn boolean default false;
alter table dim_article alter column is_withdrawn set not null;
alter table dim_article add column withdrawn_at timestamp;
comment on column dim_article.is_withdrawn is
'Its publisher has taken the article back, and not put it up again: article_withdrawal; the same in all its versions';
comment on column dim_article.withdrawn_at is
'When that was, by what the publisher says, else when it was first found gone, UTC; null when it is not withdrawn';

create table withdrawal_notice (
    article_id varchar not null,
    source_id varchar not null,
    external_id varchar not null,
    method varchar not null,
    stated_at timestamp not null,
    raw_hash varchar not null,
    ingested_uri varchar not null,
    ingested_at timestamp not null
);
comment on table withdrawal_notice is
'Internal. A document that says that an article is withdrawn, whether the article is known or not';
comment on column withdrawal_notice.article_id is 'The article, as far as the document itself tells';
comment on column withdrawal_notice.source_id is 'The outlet';
comment on column withdrawal_notice.external_id is 'The id that the outlet gives the article';
comment on column withdrawal_notice.method is 'How it says so: article_withdrawal';
comment on column withdrawal_notice.stated_at is 'When it was withdrawn by what the document says, UTC';
comment on column withdrawal_notice.raw_hash is 'SHA-256 of the document''s bytes, hex';
comment on column withdrawal_notice.ingested_uri is 'Audit: where it was read';
comment on column withdrawal_notice.ingested_at is 'Audit: when it was first fetched or last written, UTC';

create table article_withdrawal (
    article_id varchar not null,
    method varchar not null,
    evidence_count integer not null,
    first_at timestamp not null,
    last_at timestamp not null,
    is_decisive boolean not null,
    ingested_uri varchar not null
);
comment on table article_withdrawal is
'What speaks for it that an article is withdrawn, and nothing has contradicted since: article x method x address';
comment on column article_withdrawal.article_id is 'The article: dim_article';
comment on column article_withdrawal.method is
'http_410, http_404: what its server answered; pub_status: wire copy; deleted_entry: tombstone of a feed; '
'creative_work_status: structured data of its page';
comment on column article_withdrawal.evidence_count is 'Answers in a row, or documents, that say so';
comment on column article_withdrawal.first_at is 'Since when, UTC';
comment on column article_withdrawal.last_at is 'When it was last said, UTC';
comment on column article_withdrawal.is_decisive is
'Enough to mark the article, as all but 404 on one day alone; of a server''s answers each of its addresses needs one';
comment on column article_withdrawal.ingested_uri is
'Audit: the address that was asked for, or where the notice was read';
