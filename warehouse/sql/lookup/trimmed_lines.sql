-- Grain: a line that was taken off one of the contents given because it recurs at the edges of its source.
-- Reads: asked_content, article_removed_line. Writes: nothing.
-- All columns that the file has: one of earlier code does not say where the lines stood.

select removed.*
from article_removed_line as removed
semi join asked_content as asked
    on removed.article_id = asked.article_id and removed.content_hash = asked.content_hash
where removed.rule = $rule
order by removed.article_id, removed.content_hash, removed.line;
