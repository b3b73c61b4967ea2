-- Grain: an entity with a name; by the name it is known by where any is, else by any of its names. A name that its text
-- told from others of its spelling ("lee(ms)") is found by what is shown of it.
-- Reads: observed_entity, resolution_decision, dim_entity. Writes: nothing.

with named as (
    select
        entity.entity_id,
        entity.name,
        entity.entity_type,
        entity.article_count,
        max(observed.observed_key = entity.entity_key) as is_own
    from observed_entity as observed
    inner join resolution_decision as decision
        on observed.observed_key = decision.observed_key and decision.article_key = -2
    inner join dim_entity as entity on decision.entity_key = entity.entity_key
    where observed.name_key = $name_key or starts_with(observed.name_key, $name_key || '(')
    group by all
)

select * exclude (is_own)
from named
qualify is_own = max(is_own) over ()
order by article_count desc, entity_id asc;
