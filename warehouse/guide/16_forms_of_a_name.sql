-- Under which forms is an entity named?
-- All versions of all articles are counted here: an article that was corrected counts twice.

select
    form.alias,
    form.mention_count
from entity_alias as form
inner join dim_entity as entity on form.entity_key = entity.entity_key
where entity.name = 'European Central Bank'
order by form.mention_count desc
