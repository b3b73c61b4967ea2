-- Which entities go by a name, or by a part of one, in any form that stands in the texts.
-- Case, accents and the shape of apostrophes do not count.
-- Reads: folded(), dim_entity, entity_alias, entity_total. Defines: find_entity(search_text).

create or replace macro find_entity(search_text) as table
with matched as (
    select form.entity_key
    from entity_alias as form
    where contains(form.folded_alias, folded(search_text))
    union
    select entity.entity_key
    from dim_entity as entity
    where contains(entity.folded_name, folded(search_text))
),

found as materialized (
    select
        entity.entity_key,
        entity.name,
        entity.entity_type,
        contains(entity.folded_name, folded(search_text)) as is_named_so
    from dim_entity as entity
    semi join matched on entity.entity_key = matched.entity_key
    where entity.entity_key >= 0 and not entity.is_hidden
)

select
    found.entity_key,
    found.name,
    found.entity_type,
    coalesce(any_value(total.article_count), 0) as article_count,
    coalesce(any_value(total.story_count), 0) as story_count,
    list(form.alias order by form.mention_count desc, form.alias asc) as aliases
from found
inner join entity_alias as form on found.entity_key = form.entity_key
left join entity_total as total on found.entity_key = total.entity_key
where found.is_named_so or contains(form.folded_alias, folded(search_text))
group by found.entity_key, found.name, found.entity_type
order by article_count desc, found.name asc, found.entity_key asc;

comment on macro table find_entity is
'find_entity(''munir''): the entities with this in their name or in a form of it that stands in a text, with all these '
'forms; start here, other questions take the name as it stands in dim_entity';
