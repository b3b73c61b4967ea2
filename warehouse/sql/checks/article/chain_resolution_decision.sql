-- Protects: from every name its links lead, step by step, to the name its entity is known by, and end there: no cycles.
-- Returns: the names whose links lead elsewhere, or nowhere.

with recursive way as (
    select
        observed_key,
        entity_key,
        linked_key
    from resolution_decision
    where article_key = -2 and observed_key = entity_key and linked_key = observed_key
    union
    select
        decision.observed_key,
        decision.entity_key,
        decision.linked_key
    from way
    inner join resolution_decision as decision
        on way.observed_key = decision.linked_key and way.entity_key = decision.entity_key
    where decision.article_key = -2
)

select
    decision.observed_key,
    decision.article_key,
    decision.linked_key,
    decision.entity_key
from resolution_decision as decision
left join way
    on
        case when decision.article_key = -2 then decision.observed_key else decision.linked_key end = way.observed_key
        and decision.entity_key = way.entity_key
where way.observed_key is null;
