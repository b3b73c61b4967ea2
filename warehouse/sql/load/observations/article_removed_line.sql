-- Grain: article_id x content_hash x rule x line x paragraph_number x line_number.
-- Reads: incoming_removed_line, article_removed_line. Writes: article_removed_line.
-- A line whose place is known now stands for the same line loaded before places were kept.

delete from article_removed_line
using incoming_removed_line as incoming
where
    article_removed_line.paragraph_number is null
    and incoming.paragraph_number is not null
    and article_removed_line.article_id = incoming.article_id
    and article_removed_line.content_hash = incoming.content_hash
    and article_removed_line.rule = incoming.rule
    and article_removed_line.line = incoming.line;

insert into article_removed_line by name
select distinct incoming.*
from incoming_removed_line as incoming
anti join article_removed_line as known
    on
        incoming.article_id = known.article_id
        and incoming.content_hash = known.content_hash
        and incoming.rule = known.rule
        and incoming.line = known.line
        and incoming.paragraph_number is not distinct from known.paragraph_number
        and incoming.line_number is not distinct from known.line_number;
