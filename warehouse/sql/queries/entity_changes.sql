-- Grain: an entity that is not what it was, and how.
-- Reads: differing_entity, former_entity, dim_entity, resolution_decision. Writes: nothing.
-- An entity has the key of one of its names: whom that name means now is what the entity became.

with gone as (
    select
        differing.former_id,
        differing.former_name,
        differing.former_article_count,
        heir.name || ' (' || heir.entity_id || ')' as heir_name,
        survivor.entity_key is not null as is_merged
    from differing_entity as differing
    left join resolution_decision as decision
        on differing.former_key = decision.observed_key and decision.article_key = -2
    left join dim_entity as heir on decision.entity_key = heir.entity_key
    left join former_entity as survivor on decision.entity_key = survivor.entity_key
    where differing.entity_key is null
),

change as (
    select
        'split' as kind,
        name,
        entity_id,
        'articles: ' || article_count as detail,
        article_count
    from differing_entity
    where former_key is null
    union all
    select
        case when is_merged then 'merged' else 'became' end as kind,
        former_name,
        former_id,
        coalesce(heir_name, 'nothing') as detail,
        former_article_count
    from gone
    union all
    select
        'renamed' as kind,
        former_name,
        entity_id,
        name as detail,
        article_count
    from differing_entity
    where name <> former_name
    union all
    select
        'retyped' as kind,
        name,
        entity_id,
        entity_type as detail,
        article_count
    from differing_entity
    where entity_type <> former_type
    union all
    select
        case when is_hidden then 'hidden' else 'shown' end as kind,
        name,
        entity_id,
        '' as detail,
        article_count
    from differing_entity
    where is_hidden <> former_is_hidden
    union all
    select
        'linked' as kind,
        name,
        entity_id,
        coalesce(external_id, 'nothing') as detail,
        article_count
    from differing_entity
    where entity_key is not null and external_id is distinct from former_external_id
)

select *
from change
order by article_count desc, kind asc, entity_id asc;
