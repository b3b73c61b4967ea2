-- Grain: the warehouse, one row.
-- Reads: dim_article, fact_article, fact_entity_mention, dim_entity, dim_source. Writes: nothing.

select
    (select count(*) from dim_article where is_current) as article_count,
    (select count(*) from fact_article) as version_count,
    (select count(*) from dim_source where is_current) as source_count,
    (select count(*) from fact_entity_mention) as mention_count,
    (select count(*) from dim_entity where entity_key >= 0) as entity_count,
    (select cast(min(published_at) as date) from fact_article) as first_published_date,
    (select cast(max(published_at) as date) from fact_article) as last_published_date;
