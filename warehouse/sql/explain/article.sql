-- Grain: a version of an article, one row.
-- Reads: dim_article, fact_article, dim_source, article_body. Writes: nothing.

select
    cast(article.article_key as varchar) as article_key,
    article.article_id,
    article.version,
    article.is_current,
    article.external_id,
    article.headline,
    article.alternative_headline,
    article.url,
    outlet.source_id,
    outlet.name as source_name,
    outlet.timezone,
    outlet.country_code,
    article.section,
    article.keywords,
    article.description,
    article.image_url,
    article.access,
    article.article_type,
    article.language_code,
    fact.published_at,
    article.modified_at,
    article.dateline_place,
    article.dateline_agency,
    article.dateline_date,
    article.author as byline,
    article.author_types as byline_types,
    fact.word_count,
    fact.mention_count,
    fact.is_duplicate,
    article.content_hash,
    article.raw_hash,
    fact.extraction_id,
    cast(fact.run_key as varchar) as run_key,
    coalesce(body.body, '') as body
from dim_article as article
inner join fact_article as fact on article.article_key = fact.article_key
left join dim_source as outlet on fact.source_key = outlet.source_key
left join article_body as body on article.article_key = body.article_key
where article.article_key = $article_key;
