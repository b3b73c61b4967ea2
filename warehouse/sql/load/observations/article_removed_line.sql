-- Grain: article_id x content_hash x rule x line.
-- Reads: incoming_removed_line, article_removed_line. Writes: article_removed_line.

insert into article_removed_line by name
select distinct incoming.*
from incoming_removed_line as incoming
anti join article_removed_line as known
    on
        incoming.article_id = known.article_id
        and incoming.content_hash = known.content_hash
        and incoming.rule = known.rule
        and incoming.line = known.line;
