-- Grain: a version of an article.
-- Reads: text_target, incoming_mention. Writes: fact_article.
-- They are counted first: in one statement DuckDB 2.0 may look through the counts for the versions, and change rows in
-- no order, which takes fifteen times as long.

create or replace temp table target_count as
with per_text as (
    select
        text_number,
        count(*) as mention_count
    from incoming_mention
    group by text_number
)

select
    text_target.article_key,
    coalesce(per_text.mention_count, 0) as mention_count
from text_target
left join per_text on text_target.text_number = per_text.text_number;

update fact_article
set
    mention_count = counted.mention_count,
    extraction_id = $extraction_id,
    run_key = $run_key
from target_count as counted
where fact_article.article_key = counted.article_key;

drop table target_count;
