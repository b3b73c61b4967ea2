-- The spans that mean another entity in the other file.
-- Grain: a span of a version of an article, in both files.
-- Reads: changed_row (of fact_entity_mention), a and b: fact_entity_mention. Writes: moved_mention.

insert into moved_mention by name
select
    a_mention.entity_key as a_key,
    b_mention.entity_key as b_key
from a.fact_entity_mention as a_mention
inner join b.fact_entity_mention as b_mention
    on
        a_mention.article_key = b_mention.article_key
        and a_mention.field = b_mention.field
        and a_mention.start_char = b_mention.start_char
        and a_mention.end_char = b_mention.end_char
where
    a_mention.entity_key <> b_mention.entity_key
    and hash(a_mention.article_key, a_mention.field, a_mention.start_char, a_mention.end_char) in (
        select key_hash
        from changed_row
        where changed_count > 0
    );
