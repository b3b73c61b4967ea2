-- Grain: a version of an article.
-- Reads: dim_article, fact_article. Writes: fact_article.is_duplicate.
-- Of the articles that share a content the original is the one published first (undated last), on a tie the first
-- article_id in code point order; every version of the others with that content is a duplicate.

update fact_article
set is_duplicate = judged.is_duplicate
from (
    with printing as (
        select
            article.content_hash,
            article.article_id,
            min(fact.published_at) as first_published_at,
            list(fact.article_key) as article_keys
        from dim_article as article
        inner join fact_article as fact on article.article_key = fact.article_key
        group by all
    ),

    ranked as (
        select
            article_keys,
            row_number() over (
                partition by content_hash order by first_published_at nulls last, article_id
            ) > 1 as is_duplicate
        from printing
    )

    select
        unnest(article_keys) as article_key,
        is_duplicate
    from ranked
) as judged
where
    fact_article.article_key = judged.article_key
    and fact_article.is_duplicate <> judged.is_duplicate;
