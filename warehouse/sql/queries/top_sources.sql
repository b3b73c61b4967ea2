-- Grain: an outlet.
-- Reads: fact_article, dim_article, dim_source. Writes: nothing.

select
    outlet.source_id,
    outlet.name,
    count(*) as article_count,
    cast(sum(fact.mention_count) as bigint) as mention_count,
    cast(max(fact.published_at) as date) as last_published_date
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
where article.is_current
group by outlet.source_id, outlet.name
order by article_count desc, outlet.source_id asc
limit $row_limit;
