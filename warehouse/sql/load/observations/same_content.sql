-- Grain: a sight of a content that is given, of the same source.
-- Reads: incoming_content, article_observation. Writes: temporary same_content: the number of the sight, and the text
-- that the content has now.

create or replace temp table same_content as
select
    known.rowid as row_number,
    known.article_id,
    incoming.text_hash,
    known.text_hash <> incoming.text_hash as is_reworded
from article_observation as known
inner join incoming_content as incoming
    on known.source_id = incoming.source_id and known.content_hash = incoming.content_hash
where known.content_hash in (select given.content_hash from incoming_content as given);
