-- Grain: a name or an alias of an entity.
-- Reads: dim_entity, resolution_decision, observed_entity, entity_alias, fact_entity_mention. Writes: nothing.

with asked as (
    select entity_key
    from dim_entity
    where entity_id = $entity_id
)

select
    observed.observed_id as part,
    count(mention.article_key) as mention_count
from asked
inner join resolution_decision as decision on asked.entity_key = decision.entity_key
inner join observed_entity as observed on decision.observed_key = observed.observed_key
left join fact_entity_mention as mention
    on observed.observed_key = mention.observed_key and asked.entity_key = mention.entity_key
group by observed.observed_id
union all
select
    known.alias,
    known.mention_count
from asked
inner join entity_alias as known on asked.entity_key = known.entity_key
order by mention_count desc, part asc;
