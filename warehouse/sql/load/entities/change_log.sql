-- Grain: an observed name that has to be asked again; mentions of a version that came (a positive count) or went.
-- Reads: nothing. Writes: temporary touched_name, mention_change (what names are not yet counted by), named_change
-- (what names are counted by and entities are not), worn_entity (the entities of mentions that went, or became of
-- another, and were there before), added_version and added_name (what was not there before this connection, so that all
-- its mentions lie behind the watermark: warehouse/watermarks.py): empty unless this connection loaded something. A
-- day's articles name what most articles name: so what changed is added to the counts, and nothing is counted over all
-- mentions again.

create temp table if not exists added_version (article_id varchar, article_key bigint);
create temp table if not exists added_name (observed_key bigint);
create temp table if not exists touched_name (observed_key bigint);
create temp table if not exists worn_entity (entity_key bigint);

create temp table if not exists mention_change (
    article_id varchar,
    observed_key bigint,
    entity_key bigint,
    full_name varchar,
    alias_key varchar,
    published_date_key integer,
    mention_count bigint
);

create temp table if not exists named_change (
    article_id varchar,
    entity_key bigint,
    published_date_key integer,
    mention_count bigint
);
