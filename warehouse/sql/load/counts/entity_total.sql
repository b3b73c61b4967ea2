-- Grain: an entity that the current version of an article names.
-- Reads: changed_day, fact_article_entity, fact_article, dim_article. Writes: entity_total, of the entities that
-- changed.

delete from entity_total
where entity_key in (select changed_day.entity_key from changed_day);

insert into entity_total by name
with named as (
    select
        held.entity_key,
        held.article_key,
        held.mention_count,
        nullif(held.published_date_key, -1) as date_key,
        fact.published_at,
        fact.story_key
    from fact_article_entity as held
    inner join fact_article as fact on held.article_key = fact.article_key
    inner join dim_article as article on held.article_key = article.article_key
    where article.is_current and held.entity_key in (select changed_day.entity_key from changed_day)
)

select
    entity_key,
    count(*) as article_count,
    count(distinct story_key) as story_count,
    sum(mention_count) as mention_count,
    coalesce(min(date_key), -1) as first_date_key,
    coalesce(max(date_key), -1) as last_date_key,
    coalesce(arg_min(article_key, (published_at, article_key)) filter (published_at is not null), -1)
        as first_article_key
from named
group by entity_key
order by entity_key;
