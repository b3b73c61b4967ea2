-- Grain: two entities of one name and of different types; the one of fewer articles, with the one of most.
-- Reads: dim_entity, observed_entity. Writes: nothing.

with named as (
    select
        entity.entity_key,
        entity.entity_id,
        entity.entity_type,
        entity.name,
        entity.article_count,
        root.name_key
    from dim_entity as entity
    inner join observed_entity as root on entity.entity_key = root.observed_key
    where not entity.is_hidden and not root.is_made
),

ranked as (
    select
        *,
        row_number() over (partition by name_key order by article_count desc, entity_id asc) as rank_number,
        first_value(entity_key) over (partition by name_key order by article_count desc, entity_id asc) as first_key
    from named
)

select
    'types' as kind,
    fewer.article_count,
    'merge' as decision,
    fewer.entity_id,
    '' as part,
    '' as article,
    most.entity_id as target_id,
    fewer.name,
    most.name as other_name,
    'own_name' as resolution_rule,
    1.0 as resolution_score,
    fewer.entity_type || ' of ' || fewer.article_count || ', ' || most.entity_type || ' of ' || most.article_count
    || ' articles' as evidence,
    fewer.entity_key as subject_key,
    most.entity_key as other_key
from ranked as fewer
inner join named as most on fewer.first_key = most.entity_key
where fewer.rank_number > 1 and fewer.entity_type <> most.entity_type
order by fewer.article_count desc, fewer.entity_id asc
limit $row_limit;
