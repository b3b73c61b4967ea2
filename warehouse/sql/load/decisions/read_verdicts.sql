-- Grain: two names that people decided on.
-- Reads: human_decision, observed_entity. Writes: nothing.

with decided as (
    select
        decision.*,
        decision.decision = 'split' and (decision.article <> '' or decision.part_id is null) as is_of_mentions,
        'by ' || decision.decided_by || ' on ' || strftime(decision.decided_at, '%Y-%m-%d')
        || case when decision.note = '' then '' else ': ' || decision.note end as evidence
    from human_decision as decision
    where decision.status = 'applied' and decision.decision in ('merge', 'split')
),

verdict as (
    select
        'join' as verdict,
        case when decision = 'merge' then entity_id else part_id end as observed_id,
        target_id as other_id,
        evidence
    from decided
    where target_id is not null and not is_of_mentions
    union all
    select
        'part' as verdict,
        case when is_of_mentions then target_id else part_id end as observed_id,
        entity_id as other_id,
        evidence
    from decided
    where decision = 'split'
)

select
    verdict.verdict,
    observed.observed_key,
    other.observed_key as other_key,
    verdict.evidence
from verdict
inner join observed_entity as observed on verdict.observed_id = observed.observed_id
inner join observed_entity as other on verdict.other_id = other.observed_id;
