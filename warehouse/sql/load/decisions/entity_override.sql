-- Grain: an entity that people gave a name, a type or an id elsewhere, or hid.
-- Reads: human_decision, observed_entity, resolution_decision. Writes: temporary entity_override. Where several of the
-- ids that became one entity were decided on, the one it is known by goes before, then the later decision.

create or replace temp table entity_override as
with decided as (
    select
        resolved.entity_key,
        decision.target,
        decision.decision,
        case when decision.decision = 'show' then 'hide' else decision.decision end as changed_column
    from human_decision as decision
    inner join observed_entity as observed on decision.entity_id = observed.observed_id
    inner join resolution_decision as resolved
        on observed.observed_key = resolved.observed_key and resolved.article_key = -2
    where decision.status = 'applied' and decision.decision not in ('merge', 'split')
    qualify row_number() over (
        partition by resolved.entity_key, changed_column
        order by
            observed.observed_key = resolved.entity_key desc, decision.decided_at desc, decision.entity_id asc
    ) = 1
)

select
    entity_key,
    max(target) filter (where changed_column = 'rename') as new_name,
    max(target) filter (where changed_column = 'retype') as entity_type,
    max(target) filter (where changed_column = 'link') as external_id,
    coalesce(bool_or(decision = 'hide'), false) as is_hidden
from decided
group by entity_key;
