-- Protects: what the marts count of an entity is what the facts say: overall, and day by day.
-- Returns: the entities of which it is not.

with current_entity as (
    select
        named.entity_key,
        named.published_date_key,
        named.mention_count,
        fact.story_key
    from fact_article_entity as named
    inner join fact_article as fact on named.article_key = fact.article_key
    inner join dim_article as article on named.article_key = article.article_key
    where article.is_current
),

counted as (
    select
        entity_key,
        count(*) as article_count,
        count(distinct story_key) as story_count,
        sum(mention_count) as mention_count,
        count(*) filter (published_date_key > 0) as dated_count
    from current_entity
    group by entity_key
),

by_day as (
    select
        entity_key,
        sum(article_count) as dated_count
    from entity_day_total
    group by entity_key
)

select
    coalesce(counted.entity_key, total.entity_key, by_day.entity_key) as entity_key,
    counted.article_count,
    total.article_count as total_article_count,
    by_day.dated_count
from counted
full join entity_total as total on counted.entity_key = total.entity_key
full join by_day on coalesce(counted.entity_key, total.entity_key) = by_day.entity_key
where
    (counted.article_count, counted.story_count, counted.mention_count)
    is distinct from
    (total.article_count, total.story_count, total.mention_count)
    or coalesce(counted.dated_count, 0) <> coalesce(by_day.dated_count, 0);
