-- Grain: an article that is not counted now x a pair of it that has to be counted anew.
-- Reads: rarer_article, rarer_name, fact_article_entity. Writes: temporary met_article: of one of $part_count parts of
-- the articles.
-- The names beside are looked through one by one, and not kept: what has to fit into memory are the articles of a part.
-- So rarer_name is asked whether a pair is one of its own, and not joined: DuckDB would join it with the articles
-- first, which makes four times as many.

create or replace temp table searched_article as
select
    article_key,
    rarer_key
from rarer_article
where article_key % $part_count = $part;

insert into met_article by name
select
    beside.article_key,
    least(found.rarer_key, beside.entity_key) as entity_key_a,
    greatest(found.rarer_key, beside.entity_key) as entity_key_b
from fact_article_entity as beside
inner join searched_article as found on beside.article_key = found.article_key
semi join rarer_name as pair on found.rarer_key = pair.rarer_key and beside.entity_key = pair.other_key
where beside.entity_key in (select rarer_name.other_key from rarer_name);

drop table searched_article;
