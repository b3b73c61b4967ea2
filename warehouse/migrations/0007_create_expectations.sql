-- Versions of changes that nobody dated.

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
