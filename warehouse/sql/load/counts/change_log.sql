-- Grain: what a batch of versions adds to, or takes off, the counts of an entity, of one on a day, of a pair.
-- Reads: nothing. Writes: temporary entity_change, day_change, pair_change: empty. The first and last day are of what
-- was added and of what was taken off; null where nothing dated was. Temporary recounted_article: the versions that
-- this connection counted, and recounted_entity: whom those of them that were there before named then, for the checks;
-- counted_date: the days that source_day_total has to be counted anew for; added_version, for a connection that loaded
-- none.

create temp table if not exists recounted_article (article_key bigint);
create temp table if not exists recounted_entity (entity_key bigint);
create temp table if not exists counted_date (date_key integer);
create temp table if not exists added_version (article_id varchar, article_key bigint);

create or replace temp table entity_change (
    entity_key bigint,
    article_count bigint,
    story_count bigint,
    mention_count bigint,
    added_first_at timestamp,
    added_first_key bigint,
    added_first_date_key integer,
    added_last_date_key integer,
    removed_first_at timestamp,
    removed_first_key bigint,
    removed_last_date_key integer
);

create or replace temp table day_change (
    entity_key bigint,
    date_key integer,
    article_count bigint,
    story_count bigint,
    mention_count bigint
);

create or replace temp table pair_change (
    entity_key_a bigint,
    entity_key_b bigint,
    article_count bigint,
    story_count bigint,
    sentence_count bigint,
    added_first_date_key integer,
    added_last_date_key integer,
    removed_first_date_key integer,
    removed_last_date_key integer
);
