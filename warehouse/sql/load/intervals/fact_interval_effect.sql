-- Grain: a load x a day x an effect.
-- Reads: pending_article, moved_fact, fact_article, dim_article, loaded_article. Writes: fact_interval_effect;
-- temporary counted_effect: the versions that it has counted; moved_fact: none are left.
-- Changed are the versions that wait to be counted anew, and those that belong to another version of their outlet. What
-- the load itself brought is no effect on others, and a version counts once, under the effect that was asked for first.

create temp table if not exists counted_effect (article_key bigint);
create temp table if not exists moved_fact (article_key bigint);

create or replace temp table new_effect as
with changed as (
    select article_key
    from pending_article
    union
    select article_key
    from moved_fact
)

select
    changed.article_key,
    fact.published_date_key
from changed
inner join fact_article as fact on changed.article_key = fact.article_key
inner join dim_article as article on changed.article_key = article.article_key
anti join loaded_article as loaded on article.article_id = loaded.article_id
anti join counted_effect as counted on changed.article_key = counted.article_key;

insert into fact_interval_effect by name
select
    cast($run_key as bigint) as run_key,
    published_date_key as changed_date_key,
    cast($effect as varchar) as effect,
    count(*) as article_count
from new_effect
group by published_date_key
order by published_date_key;

insert into counted_effect by name
select article_key
from new_effect;

delete from moved_fact;
