-- Which entities go by a name, or by a part of one, in any form that stands in the texts.
-- Reads: dim_entity, entity_alias, entity_total. Defines: find_entity(search_text). Case and accents do not count.

create or replace macro find_entity(search_text) as table
with matched as (
    select
        entity.entity_key,
        alias.alias,
        alias.mention_count
    from entity_alias as alias
    inner join dim_entity as entity on alias.entity_key = entity.entity_key
    where
        contains(strip_accents(lower(alias.alias)), strip_accents(lower(search_text)))
        or contains(strip_accents(lower(entity.name)), strip_accents(lower(search_text)))
)

select
    entity.entity_key,
    entity.name,
    entity.entity_type,
    coalesce(any_value(total.article_count), 0) as article_count,
    coalesce(any_value(total.story_count), 0) as story_count,
    list(matched.alias order by matched.mention_count desc, matched.alias asc) as aliases
from matched
inner join dim_entity as entity on matched.entity_key = entity.entity_key
left join entity_total as total on matched.entity_key = total.entity_key
where entity.entity_key >= 0 and not entity.is_hidden
group by entity.entity_key, entity.name, entity.entity_type
order by article_count desc, entity.name asc, entity.entity_key asc;

comment on macro table find_entity is
'find_entity(''munir''): the entities with this in their name or in a form of it that stands in a text, with all these '
'forms; start here, other questions take the name as it stands in dim_entity';
