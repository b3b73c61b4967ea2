-- Grain: a version of the article that a version is of, the first one first.
-- Reads: dim_article, fact_article, article_body. Writes: nothing.
-- What changed is told against the version before; nothing is said of the first.

select
    cast(article.article_key as varchar) as article_key,
    article.version,
    article.valid_from,
    if(article.is_current, null, article.valid_to) as valid_to,
    fact.published_at,
    article.headline,
    fact.word_count,
    coalesce(article.headline <> lag(article.headline) over by_version, false) as is_headline_changed,
    coalesce(body.body <> lag(body.body) over by_version, false) as is_body_changed,
    fact.word_count - lag(fact.word_count) over by_version as word_count_change
from dim_article as article
inner join fact_article as fact on article.article_key = fact.article_key
left join article_body as body on article.article_key = body.article_key
where
    article.article_id = (
        select given.article_id
        from dim_article as given
        where given.article_key = $article_key
    )
window by_version as (order by article.version)
order by article.version;
