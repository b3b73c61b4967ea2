-- Grain: an article that is not counted now x a pair of it that has to be counted anew.
-- Reads: rarer_article, rarer_name, fact_article_entity. Writes: temporary met_article: of one of $part_count parts of
-- the articles, since all names of all of them do not fit into memory at once.

insert into met_article by name
with found as (
    select *
    from rarer_article
    where article_key % $part_count = $part
),

beside as (
    select
        article_key,
        entity_key as other_key
    from fact_article_entity
    where
        entity_key in (select rarer_name.other_key from rarer_name)
        and article_key in (select found.article_key from found)
)

select
    found.article_key,
    rarer_name.entity_key_a,
    rarer_name.entity_key_b
from found
inner join rarer_name on found.rarer_key = rarer_name.rarer_key
inner join beside on found.article_key = beside.article_key and rarer_name.other_key = beside.other_key;
