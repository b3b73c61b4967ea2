-- Protects: every observed name has exactly one decision for all articles, and at most one for any article
-- and form.
-- Returns: the names without one, and those with several.

select
    observed.observed_key,
    cast(-2 as bigint) as article_key,
    0 as row_count
from observed_entity as observed
left join resolution_decision as decision
    on observed.observed_key = decision.observed_key and decision.article_key = -2
where decision.observed_key is null
union all
select
    observed_key,
    article_key,
    count(*) as row_count
from resolution_decision
group by observed_key, article_key, alias_key
having count(*) > 1;
