-- Protects: the pairs that the marts count are those that two articles name, or more, in their current versions; each
-- as often as the facts have it. Looked at are those whose first key is divisible by 20, always the same: keys are
-- hashes, so that is a twentieth of them, and all would take as long as counting them.
-- Returns: the pairs that are wrong, missing or too many.

with counted as (
    select
        held.entity_key_a,
        held.entity_key_b,
        count(*) as article_count,
        sum(held.sentence_count) as sentence_count
    from fact_cooccurrence as held
    inner join dim_article as article on held.article_key = article.article_key
    where article.is_current and held.entity_key_a % 20 = 0
    group by held.entity_key_a, held.entity_key_b
    having count(*) > 1
),

total as (
    select *
    from pair_total
    where entity_key_a % 20 = 0
)

select
    coalesce(counted.entity_key_a, total.entity_key_a) as entity_key_a,
    coalesce(counted.entity_key_b, total.entity_key_b) as entity_key_b,
    counted.article_count,
    total.article_count as total_article_count
from counted
full join total on counted.entity_key_a = total.entity_key_a and counted.entity_key_b = total.entity_key_b
where
    (counted.article_count, counted.sentence_count) is distinct from (total.article_count, total.sentence_count)
    or total.story_count > total.article_count
    or total.entity_key_a >= total.entity_key_b;
