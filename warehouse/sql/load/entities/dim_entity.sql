-- Grain: an entity.
-- Reads: touched_entity, fact_entity_mention, dim_article. Writes: dim_entity: the names of the entities touched, and
-- none without a mention.

create or replace temp table entity_name as
with form as (
    select
        mention.entity_key,
        mention.full_name,
        count(distinct article.article_id) as article_count
    from fact_entity_mention as mention
    semi join touched_entity as touched on mention.entity_key = touched.entity_key
    inner join dim_article as article on mention.article_key = article.article_key
    group by all
)

select
    entity_key,
    full_name
from form
qualify row_number() over (
    partition by entity_key order by article_count desc, length(full_name) desc, full_name asc
) = 1;

update dim_entity
set name = entity_name.full_name
from entity_name
where dim_entity.entity_key = entity_name.entity_key and dim_entity.name <> entity_name.full_name;

delete from dim_entity
where
    entity_key >= 0
    and entity_key in (select touched_entity.entity_key from touched_entity)
    and entity_key not in (select entity_name.entity_key from entity_name);
