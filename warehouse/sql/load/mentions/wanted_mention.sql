-- Grain: a row of fact_entity_mention that was there before this connection, of a version that is asked for.
-- Reads: wanted_version, fact_entity_mention. Writes: temporary wanted_mention, the numbers of these rows;
-- found_mention, sought_version: what was found, and looked for, since the last checkpoint. Several steps ask for the
-- rows of the same old versions, which lie anywhere: so they are looked for once. A row keeps its number, and its
-- version, up to a checkpoint (warehouse/watermarks.py), and one that is deleted is not met by its number any more.

create temp table if not exists found_mention (article_key bigint, row_number bigint);
create temp table if not exists sought_version (article_key bigint);

create or replace temp table unsought_version as
select article_key from wanted_version
except
select article_key from sought_version;

insert into found_mention
select
    article_key,
    rowid as row_number
from fact_entity_mention
where
    rowid < coalesce(getvariable('watermark_fact_entity_mention'), 0)
    and article_key in (select unsought_version.article_key from unsought_version);

insert into sought_version
select article_key
from unsought_version;

create or replace temp table wanted_mention as
select found_mention.row_number
from found_mention
semi join wanted_version on found_mention.article_key = wanted_version.article_key;

drop table unsought_version;
