-- Grain: a span of a text. Reads: chosen, fact_entity_mention, dim_entity, renamed. Writes: nothing.
-- A name that is another has its consonants moved on, by as many as the day says, and a letter that no name of a star
-- has: so first names and surnames are shared as before, and it is like none that is there.

with drawn as (
    select text_hash, min(former_key) as former_key, any_value(day_date) as day_date
    from chosen group by text_hash
)

select
    mention.* replace (
        case when renamed.entity_key is null then mention.entity_key
        else hash(mention.entity_key, drawn.day_date) >> 1 end as entity_key,
        case when renamed.entity_key is null then mention.full_name
        else another_name(mention.full_name, drawn.day_date) end as full_name
    ),
    drawn.text_hash,
    case when renamed.entity_key is null then entity.entity_id
    else concat(entity.entity_type, ':', lower(another_name(entity.name, drawn.day_date))) end as entity_id,
    entity.entity_type,
    entity.country_code
from fact_entity_mention as mention
inner join drawn on mention.article_key = drawn.former_key
inner join dim_entity as entity on mention.entity_key = entity.entity_key
left join renamed on mention.entity_key = renamed.entity_key;
