-- How much does each outlet write itself, and how much does it reprint?
-- Only copies of articles that are in the warehouse are known as such.

select
    outlet.source_id,
    count(*) as article_count,
    count(distinct fact.story_key) as story_count,
    count(*) filter (fact.is_duplicate) as duplicate_count
from fact_article as fact
inner join dim_source as outlet on fact.source_key = outlet.source_key
where fact.is_current_version
group by outlet.source_id
order by outlet.source_id
