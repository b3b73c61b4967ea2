-- Grain: an outlet x a day on which the current version of an article of it was published; -1 for undated ones.
-- Reads: fact_article, dim_source. Writes: source_day_total, all of it: it is counted in the time it would take to find
-- out what changed.

delete from source_day_total;

insert into source_day_total by name
select
    latest.source_key,
    fact.published_date_key as date_key,
    count(*) as article_count,
    count(distinct fact.story_key) as story_count,
    count(*) filter (fact.is_duplicate) as duplicate_count,
    count(*) filter (fact.mention_count > 0) as named_article_count,
    sum(fact.mention_count) as mention_count
from fact_article as fact
inner join dim_source as held on fact.source_key = held.source_key
inner join dim_source as latest on held.source_id = latest.source_id
where fact.is_current_version and (latest.is_current or latest.source_key < 0)
group by latest.source_key, fact.published_date_key
order by latest.source_key, fact.published_date_key;
