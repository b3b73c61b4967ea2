-- Versions of changes that nobody dated.

comment on table article_observation is
'Internal. One sight of an article: article_id x content_hash x published_at x modified_at, and ingested_at where it '
'does not say when it was changed';
comment on column dim_article.valid_from is
'Start of this version by the article''s own dates, else when it was fetched, inclusive, UTC';
