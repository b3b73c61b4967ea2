-- Grain: an article that is known under the name given, once; the surest of the ids by which it is.
-- Reads: dim_article, article_provenance, fact_article, dim_source. Writes: nothing.
-- A key names one version, every other id the current version of its article.

with named as (
    select
        article_id,
        1 as rank_number,
        'article_key' as matched_by
    from dim_article
    where article_key = $article_key
    union all
    select
        article_id,
        2 as rank_number,
        'article_id' as matched_by
    from dim_article
    where article_id in ($name, $page_id)
    union all
    select
        article_id,
        3 as rank_number,
        'url' as matched_by
    from dim_article
    where url in ($name, $url)
    union all
    select
        article_id,
        4 as rank_number,
        'external_id' as matched_by
    from dim_article
    where external_id = $name
    union all
    select
        article_id,
        4 as rank_number,
        'external_id' as matched_by
    from article_provenance
    where external_id = $name
),

surest as (
    select
        article_id,
        rank_number,
        matched_by
    from named
    qualify rank_number = min(rank_number) over ()
)

select distinct
    cast(article.article_key as varchar) as article_key,
    article.article_id,
    article.external_id,
    article.headline,
    outlet.name as source_name,
    surest.matched_by
from surest
inner join dim_article as article on surest.article_id = article.article_id
inner join fact_article as fact on article.article_key = fact.article_key
left join dim_source as outlet on fact.source_key = outlet.source_key
where
    article.article_key >= 0
    and case when surest.rank_number = 1 then article.article_key = $article_key else article.is_current end
order by article.article_id;
