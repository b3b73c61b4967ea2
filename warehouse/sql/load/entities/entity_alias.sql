-- Grain: entity x surface form.
-- Reads: changed_entity, fact_entity_mention. Writes: entity_alias, of the entities that changed.
-- The strongest rule is the one with the highest score; on a tie exact, then the first in alphabetical order.

delete from entity_alias
where entity_key in (select changed_entity.entity_key from changed_entity);

insert into entity_alias (entity_key, alias, mention_count, rule, folded_alias)
with ruled as (
    select
        mention.entity_key,
        mention.surface_text,
        mention.resolution_rule,
        max(mention.resolution_score) as score,
        count(*) as mention_count
    from fact_entity_mention as mention
    semi join changed_entity as changed on mention.entity_key = changed.entity_key
    group by all
)

select
    entity_key,
    surface_text,
    cast(sum(mention_count) over (partition by entity_key, surface_text) as integer) as mention_count,
    resolution_rule,
    strip_accents(lower(surface_text)) as folded_alias
from ruled
qualify
    row_number() over (
        partition by entity_key, surface_text order by score desc, resolution_rule = 'exact' desc, resolution_rule asc
    ) = 1
order by entity_key, surface_text;
