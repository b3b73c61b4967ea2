-- Protects: counted_version has the current version of every article, with the story, the time and the number of
-- entities it has: what will be taken off the totals when it changes is what was added.
-- Returns: the versions that are missing, too many, or other than they were counted.

with counted as (
    select
        article_key,
        story_key,
        published_at,
        entity_count
    from counted_version
),

named as (
    select
        article_key,
        count(*) as entity_count
    from fact_article_entity
    group by article_key
),

held as (
    select
        fact.article_key,
        fact.story_key,
        fact.published_at,
        coalesce(named.entity_count, 0) as entity_count
    from fact_article as fact
    inner join dim_article as article on fact.article_key = article.article_key
    left join named on fact.article_key = named.article_key
    where article.is_current
)

(
    select * from counted
    except all
    select * from held
)
union all
(
    select * from held
    except all
    select * from counted
);
