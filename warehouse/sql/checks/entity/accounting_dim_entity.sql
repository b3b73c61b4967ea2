-- Protects: dim_entity counts the articles of an entity, and says when it was first and last named.
-- Returns: the entities it says wrong.

with seen as (
    select
        mention.entity_key,
        count(distinct article.article_id) as article_count,
        min(calendar.date) as first_seen_date,
        max(calendar.date) as last_seen_date
    from fact_entity_mention as mention
    inner join dim_article as article on mention.article_key = article.article_key
    left join dim_date as calendar on mention.published_date_key = calendar.date_key
    group by mention.entity_key
)

select
    entity.entity_key,
    entity.article_count,
    seen.article_count as seen_count
from dim_entity as entity
left join seen on entity.entity_key = seen.entity_key
where
    entity.entity_key >= 0
    and (
        entity.article_count <> coalesce(seen.article_count, 0)
        or entity.first_seen_date is distinct from seen.first_seen_date
        or entity.last_seen_date is distinct from seen.last_seen_date
    );
