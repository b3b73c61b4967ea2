-- Protects: the pairs that the marts count are those that two articles name, or more, in their current versions; each
-- as often as the facts have it. Of more than a million rows of facts a sixteenth of the pairs is looked at, always the
-- same: all would take a second for each million.
-- Returns: the pairs that are wrong, missing or too many.

with chosen as (
    select case when count(*) > 1000000 then 16 else 1 end as part_count
    from fact_cooccurrence
),

counted as (
    select
        held.entity_key_a,
        held.entity_key_b,
        count(*) as article_count,
        sum(held.sentence_count) as sentence_count
    from fact_cooccurrence as held
    inner join dim_article as article on held.article_key = article.article_key
    cross join chosen
    where article.is_current and hash(held.entity_key_a, held.entity_key_b) % chosen.part_count = 0
    group by held.entity_key_a, held.entity_key_b
    having count(*) > 1
),

total as (
    select pair_total.*
    from pair_total
    cross join chosen
    where hash(pair_total.entity_key_a, pair_total.entity_key_b) % chosen.part_count = 0
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
