-- Grain: an article, as often as its versions were loaded.
-- Reads: incoming_version, version_before. Writes: temporary touched_article (the articles whose story has to be looked
-- at again), dropped_text (the texts they had, which no version may have any more).

create temp table if not exists touched_article (article_id varchar);

insert into touched_article
select distinct article_id
from incoming_version;

create temp table if not exists dropped_text (text_hash varchar);

insert into dropped_text
select distinct text_hash
from version_before;
