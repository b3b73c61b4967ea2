-- Grain: a span of text.
-- Reads: moved_fact. Writes: fact_entity_mention.source_key, of the rows numbered from $first_row to $last_row.

update fact_entity_mention
set source_key = moved_fact.source_key
from moved_fact
where
    fact_entity_mention.article_key = moved_fact.article_key
    and fact_entity_mention.rowid between $first_row and $last_row;
