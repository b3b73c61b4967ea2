-- How many articles of each outlet are undated, and so missing from every count by day?
-- The day of an undated article is -1: a join with dim_date keeps it, a condition on the date drops it.

select
    outlet.source_id,
    count(*) as article_count,
    count(*) filter (fact.published_date_key = -1) as undated_count
from fact_article as fact
inner join dim_source as outlet on fact.source_key = outlet.source_key
where fact.is_current_version
group by outlet.source_id
having undated_count > 0
order by outlet.source_id
