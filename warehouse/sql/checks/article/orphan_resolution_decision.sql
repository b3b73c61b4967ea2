-- Protects: every decision is on a name that is there and leads to an entity that is there, and one for an article is
-- for an article that has the name. So every entity_id that was published leads to an entity of today.
-- Returns: the decisions that do not, and what is wrong with them.

with held as (
    select distinct
        observed_key,
        article_key
    from fact_entity_mention
)

select
    decision.observed_key,
    decision.article_key,
    case
        when observed.observed_key is null then 'no such name'
        when linked.observed_key is null then 'linked with no name'
        when entity.entity_key is null then 'no entity'
        else 'not in the article'
    end as problem
from resolution_decision as decision
left join observed_entity as observed on decision.observed_key = observed.observed_key
left join observed_entity as linked on decision.linked_key = linked.observed_key
left join dim_entity as entity on decision.entity_key = entity.entity_key
left join held on decision.observed_key = held.observed_key and decision.article_key = held.article_key
where
    observed.observed_key is null
    or linked.observed_key is null
    or entity.entity_key is null
    or (decision.article_key <> -2 and held.observed_key is null);
