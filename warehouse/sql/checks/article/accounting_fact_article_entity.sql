-- Protects: fact_article_entity has a row for each entity that a version names, with its mentions.
-- Returns: the rows that are wrong, missing or too many.

with named as (
    select
        article_key,
        entity_key,
        source_key,
        published_date_key,
        count(*) as mention_count,
        count(distinct sentence_number) as sentence_count,
        bool_or(field = 'headline') as is_in_headline
    from fact_entity_mention
    where entity_key >= 0
    group by article_key, entity_key, source_key, published_date_key
)

(
    select * from named
    except
    select
        article_key,
        entity_key,
        source_key,
        published_date_key,
        mention_count,
        sentence_count,
        is_in_headline
    from fact_article_entity
)
union all
(
    select
        article_key,
        entity_key,
        source_key,
        published_date_key,
        mention_count,
        sentence_count,
        is_in_headline
    from fact_article_entity
    except
    select * from named
);
