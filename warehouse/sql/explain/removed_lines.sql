-- Grain: a line that was taken out of the content of a version, in the order of the text.
-- Reads: dim_article, article_removed_line. Writes: nothing.

select
    removed.rule,
    removed.line,
    removed.paragraph_number,
    removed.line_number
from dim_article as given
inner join article_removed_line as removed
    on given.article_id = removed.article_id and given.content_hash = removed.content_hash
where given.article_key = $article_key
order by
    removed.paragraph_number asc nulls last,
    removed.line_number asc nulls last,
    removed.rule asc,
    removed.line asc;
