-- Grain: a version of an article x an entity it names.
-- Reads: moved_fact. Writes: fact_article_entity.source_key, of the rows numbered from $first_row to $last_row.

update fact_article_entity
set source_key = moved_fact.source_key
from moved_fact
where
    fact_article_entity.article_key = moved_fact.article_key
    and moved_fact.is_settled
    and fact_article_entity.rowid between $first_row and $last_row;
