-- Protects: every key of fact_article leads to a row of its dimension; that of the version to no special member.
-- Returns: the rows and the key that leads nowhere.

select
    fact.article_key,
    case
        when article.article_key is null then 'article_key'
        when outlet.source_key is null then 'source_key'
        when published.date_key is null then 'published_date_key'
        when ingested.date_key is null then 'ingested_date_key'
        when run.run_key is null then 'run_key'
        else 'story_key'
    end as key_name
from fact_article as fact
left join dim_article as article on fact.article_key = article.article_key and article.article_key >= 0
left join dim_source as outlet on fact.source_key = outlet.source_key
left join dim_date as published on fact.published_date_key = published.date_key
left join dim_date as ingested on fact.ingested_date_key = ingested.date_key
left join dim_run as run on fact.run_key = run.run_key
where
    article.article_key is null
    or outlet.source_key is null
    or published.date_key is null
    or ingested.date_key is null
    or run.run_key is null
    or fact.story_key is null;
