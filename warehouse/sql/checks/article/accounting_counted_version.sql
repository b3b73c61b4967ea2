-- Protects: counted_version has the current version of every article, with the story and the time it has: what will be
-- taken off the totals when it changes is what was added.
-- Returns: the versions that are missing, too many, or other than they were counted.

with counted as (
    select
        article_key,
        story_key,
        published_at
    from counted_version
),

held as (
    select
        fact.article_key,
        fact.story_key,
        fact.published_at
    from fact_article as fact
    inner join dim_article as article on fact.article_key = article.article_key
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
