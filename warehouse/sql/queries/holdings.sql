-- Grain: the warehouse, one row.
-- Reads: dim_article, fact_article, fact_entity_mention, dim_entity, dim_source. Writes: nothing.

with article as (
    select count(*) as article_count
    from dim_article
    where is_current
),

fact as (
    select
        count(*) as version_count,
        cast(min(published_at) as date) as first_published_date,
        cast(max(published_at) as date) as last_published_date
    from fact_article
),

outlet as (
    select count(*) as source_count
    from dim_source
    where is_current
),

mention as (
    select count(*) as mention_count
    from fact_entity_mention
),

entity as (
    select count(*) as entity_count
    from dim_entity
    where entity_key >= 0
)

select
    article.article_count,
    fact.version_count,
    outlet.source_count,
    mention.mention_count,
    entity.entity_count,
    fact.first_published_date,
    fact.last_published_date
from article
cross join fact
cross join outlet
cross join mention
cross join entity;
