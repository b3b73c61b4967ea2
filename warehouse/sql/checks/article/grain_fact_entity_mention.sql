-- Protects: a row of fact_entity_mention is a span of a version of an article.
-- Returns: the spans that are there twice.

select
    article_key,
    field,
    start_char,
    end_char,
    count(*) as row_count
from fact_entity_mention
group by article_key, field, start_char, end_char
having count(*) > 1;
