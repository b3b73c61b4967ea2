-- Grain: a name that rules take for another, less surely than $max_score.
-- Reads: resolution_decision, observed_entity, dim_entity. Writes: nothing.
-- Names that people decided on are left out: whoever decided need not be asked again.

with doubted as (
    select
        decision.observed_key,
        decision.entity_key,
        decision.rule,
        min(decision.score) as score,
        min(decision.evidence) as evidence,
        count(distinct decision.article_key) filter (where decision.article_key >= 0) as single_count
    from resolution_decision as decision
    where
        decision.rule not in ('own_name', 'ambiguous', 'human')
        and decision.observed_key <> decision.entity_key
        and decision.score <= $max_score
    group by decision.observed_key, decision.entity_key, decision.rule
)

select
    'doubtful' as kind,
    case when doubted.single_count > 0 then doubted.single_count else observed.article_count end as article_count,
    'split' as decision,
    entity.entity_id,
    observed.observed_id as part,
    '' as article,
    '' as target_id,
    observed.name,
    entity.name as other_name,
    doubted.rule as resolution_rule,
    doubted.score as resolution_score,
    doubted.evidence,
    observed.observed_key as subject_key,
    entity.entity_key as other_key
from doubted
inner join observed_entity as observed on doubted.observed_key = observed.observed_key
inner join dim_entity as entity on doubted.entity_key = entity.entity_key
where not entity.is_hidden
order by observed.article_count * (1.05 - doubted.score) desc, observed.observed_id asc
limit $row_limit;
