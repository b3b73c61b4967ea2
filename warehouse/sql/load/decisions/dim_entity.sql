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

create or replace temp table linked_entity as
select
    entity_key,
    external_id
from entity_override
where external_id is not null
union all
select
    met.entity_key,
    met.external_id
from external_match as met
left join entity_override as decided on met.entity_key = decided.entity_key
where met.match_count = 1 and decided.external_id is null;

update dim_entity
set external_id = linked.external_id
from (
    select
        entity_key,
        external_id
    from linked_entity
    union all
    select
        entity.entity_key,
        null as external_id
    from dim_entity as entity
    anti join linked_entity as linked on entity.entity_key = linked.entity_key
    where entity.external_id is not null
) as linked
where
    dim_entity.entity_key = linked.entity_key
    and dim_entity.external_id is distinct from linked.external_id;

drop table linked_entity;
