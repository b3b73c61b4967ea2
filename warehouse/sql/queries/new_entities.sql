-- Grain: an entity that a run was the first to find, the one with most mentions first.
-- Reads: fact_entity_mention, dim_entity. Writes: nothing.

with named as (
    select
        entity_key,
        count(*) as mention_count,
        count(distinct article_key) as article_count
    from fact_entity_mention
    where entity_key > 0
    group by entity_key
    having bool_and(run_key = $run_key)
)

select
    entity.name,
    entity.entity_type,
    named.article_count,
    named.mention_count
from named
inner join dim_entity as entity on named.entity_key = entity.entity_key
where not entity.is_hidden
order by named.mention_count desc, entity.name asc, entity.entity_type asc
limit $row_limit;
