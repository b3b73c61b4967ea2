-- Grain: entity x surface form.
-- Reads: touched_entity, fact_entity_mention. Writes: entity_alias, of the entities touched.
-- The strongest rule is the one with the highest score; on a tie exact, then the first in alphabetical order.

delete from entity_alias
where entity_key in (select touched_entity.entity_key from touched_entity);

insert into entity_alias by name
with ruled as (
    select
        mention.entity_key,
        mention.surface_text as alias,
        mention.resolution_rule as rule,
        max(mention.resolution_score) as score,
        count(*) as mention_count
    from fact_entity_mention as mention
    semi join touched_entity as touched on mention.entity_key = touched.entity_key
    group by all
)

select
    entity_key,
    alias,
    cast(sum(mention_count) over (partition by entity_key, alias) as integer) as mention_count,
    rule
from ruled
qualify row_number() over (
    partition by entity_key, alias order by score desc, rule <> 'exact', rule
) = 1
order by entity_key, alias;
