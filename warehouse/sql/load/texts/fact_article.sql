-- Grain: a version of an article.
-- Reads: text_target, incoming_mention. Writes: fact_article.

update fact_article
set
    mention_count = counted.mention_count,
    extraction_id = $extraction_id,
    run_key = $run_key
from (
    select
        text_target.article_key,
        count(incoming.text_hash) as mention_count
    from text_target
    left join incoming_mention as incoming on text_target.text_hash = incoming.text_hash
    group by text_target.article_key
) as counted
where fact_article.article_key = counted.article_key;
