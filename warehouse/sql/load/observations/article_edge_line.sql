-- Grain: source_id x article_id x content_hash x line x is_head.
-- Reads: incoming_edge_line, article_edge_line. Writes: article_edge_line.

insert into article_edge_line by name
select distinct incoming.*
from incoming_edge_line as incoming
anti join article_edge_line as known
    on
        incoming.source_id = known.source_id
        and incoming.article_id = known.article_id
        and incoming.content_hash = known.content_hash
        and incoming.line = known.line
        and incoming.is_head = known.is_head;
