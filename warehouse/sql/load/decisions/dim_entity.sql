-- Grain: an entity.
-- Reads: incoming_external_name, observed_entity, resolution_decision, dim_entity, entity_override.
-- Writes: dim_entity: external_id, as people decided, else that of the one row with one of its names, its type and no
-- other country; temporary external_match: how many rows each entity meets. A person's single name meets none.

create or replace temp table external_match as
select
    resolved.entity_key,
    min(given.external_id) as external_id,
    count(distinct given.external_id) as match_count
from incoming_external_name as given
inner join observed_entity as observed on given.name_key = observed.name_key
inner join resolution_decision as resolved
    on observed.observed_key = resolved.observed_key and resolved.article_key = -2
inner join dim_entity as entity
    on resolved.entity_key = entity.entity_key and given.entity_type = entity.entity_type
where
    not entity.is_ambiguous
    and (entity.entity_type <> 'PERSON' or contains(observed.name_key, ' '))
    and coalesce(given.country_code = entity.country_code, true)
group by resolved.entity_key;

update dim_entity
set external_id = linked.external_id
from (
    select
        entity.entity_key,
        coalesce(decided.external_id, met.external_id) as external_id
    from dim_entity as entity
    left join entity_override as decided on entity.entity_key = decided.entity_key
    left join external_match as met
        on entity.entity_key = met.entity_key and met.match_count = 1
) as linked
where
    dim_entity.entity_key = linked.entity_key
    and dim_entity.external_id is distinct from linked.external_id;
