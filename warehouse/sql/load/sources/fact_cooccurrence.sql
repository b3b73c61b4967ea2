-- Grain: a version of an article x two entities it names.
-- Reads: moved_fact. Writes: fact_cooccurrence.source_key, of the rows numbered from $first_row to $last_row.

update fact_cooccurrence
set source_key = moved_fact.source_key
from moved_fact
where
    fact_cooccurrence.article_key = moved_fact.article_key
    and moved_fact.is_settled
    and fact_cooccurrence.rowid between $first_row and $last_row;
