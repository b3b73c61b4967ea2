-- Grain: a version of an article.
-- Reads: moved_fact. Writes: fact_article.source_key, of the rows numbered from $first_row to $last_row.

update fact_article
set source_key = moved_fact.source_key
from moved_fact
where
    fact_article.article_key = moved_fact.article_key
    and fact_article.rowid between $first_row and $last_row;
