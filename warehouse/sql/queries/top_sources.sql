-- Grain: an outlet.
-- Reads: fact_article, dim_article, dim_source. Writes: nothing.

select
    source.source_id,
    source.name,
    count(*) as article_count,
    sum(fact.mention_count) as mention_count,
    cast(max(fact.published_at) as date) as last_published_date
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
inner join dim_source as source on fact.source_key = source.source_key
where article.is_current
group by source.source_id, source.name
order by article_count desc, source.source_id asc
limit $row_limit;
