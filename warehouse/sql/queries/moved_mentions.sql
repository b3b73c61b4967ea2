-- Grain: one row.
-- Reads: former_mention, fact_entity_mention. Writes: nothing.

select count(*) as moved_count
from fact_entity_mention as mention
inner join former_mention as former
    on
        mention.article_key = former.article_key
        and mention.field = former.field
        and mention.start_char = former.start_char
        and mention.end_char = former.end_char
where mention.entity_key <> former.entity_key;
