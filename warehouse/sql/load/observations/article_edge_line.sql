-- Grain: source_id x article_id x content_hash x line x is_head.
-- Reads: incoming_edge_line, article_edge_line. Writes: article_edge_line.

insert into article_edge_line by name
select distinct incoming.*
from incoming_edge_line as incoming
anti join article_edge_line as stored using (source_id, article_id, content_hash, line, is_head);
