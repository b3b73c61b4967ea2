-- Grain: an entity that is not what it was, and how.
-- Reads: former_entity, dim_entity, entity_redirect. Writes: nothing.

with change as (
    select
        case when survivor.entity_key is null then 'became' else 'merged' end as kind,
        former.name,
        former.entity_id,
        coalesce(redirect.name || ' (' || redirect.current_entity_id || ')', 'nothing') as detail,
        former.article_count
    from former_entity as former
    anti join dim_entity as entity on former.entity_key = entity.entity_key
    left join entity_redirect as redirect on former.entity_id = redirect.entity_id
    left join former_entity as survivor on redirect.current_entity_key = survivor.entity_key
    union all
    select
        'split' as kind,
        entity.name,
        entity.entity_id,
        'articles: ' || entity.article_count as detail,
        entity.article_count
    from dim_entity as entity
    anti join former_entity as former on entity.entity_key = former.entity_key
    where entity.entity_key >= 0
    union all
    select
        'renamed' as kind,
        former.name,
        entity.entity_id,
        entity.name as detail,
        entity.article_count
    from dim_entity as entity
    inner join former_entity as former on entity.entity_key = former.entity_key
    where entity.name <> former.name
    union all
    select
        'retyped' as kind,
        entity.name,
        entity.entity_id,
        entity.entity_type as detail,
        entity.article_count
    from dim_entity as entity
    inner join former_entity as former on entity.entity_key = former.entity_key
    where entity.entity_type <> former.entity_type
    union all
    select
        case when entity.is_hidden then 'hidden' else 'shown' end as kind,
        entity.name,
        entity.entity_id,
        '' as detail,
        entity.article_count
    from dim_entity as entity
    inner join former_entity as former on entity.entity_key = former.entity_key
    where entity.is_hidden <> former.is_hidden
    union all
    select
        'linked' as kind,
        entity.name,
        entity.entity_id,
        coalesce(entity.external_id, 'nothing') as detail,
        entity.article_count
    from dim_entity as entity
    left join former_entity as former on entity.entity_key = former.entity_key
    where entity.external_id is distinct from former.external_id and entity.entity_key >= 0
)

select *
from change
order by article_count desc, kind asc, entity_id asc;
