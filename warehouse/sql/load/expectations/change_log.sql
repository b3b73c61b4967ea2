-- Grain: what changed since days were judged.
-- Reads: nothing. Writes: temporary changed_article (an article whose first sight or first version is another, with an
-- outlet that it was of before, if of any), changed_outlet (an outlet, since a day): empty unless this connection
-- loaded something.

create temp table if not exists changed_article (article_id varchar, source_id varchar);
create temp table if not exists changed_outlet (source_id varchar, since_date date);
