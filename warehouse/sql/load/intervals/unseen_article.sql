-- Grain: an outlet that has articles of the interval which the run did not read.
-- Reads: fact_article, dim_article, dim_source, loaded_article. Writes: nothing.
-- An article is of the interval in which it was published, one without a date of that in which it was first read.

select
    outlet.source_id,
    cast(count(distinct article.article_id) as integer) as unseen_count
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
anti join loaded_article as loaded on article.article_id = loaded.article_id
where
    article.is_current
    and coalesce(fact.published_at, article.ingested_at) >= cast($interval_start as timestamp)
    and coalesce(fact.published_at, article.ingested_at) < cast($interval_end as timestamp)
group by outlet.source_id
order by outlet.source_id;
