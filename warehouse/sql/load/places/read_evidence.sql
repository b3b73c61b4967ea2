-- The countries that an entity is named with, in two articles at least: one meeting tells nothing.
-- Grain: an entity that may be a place x a country.
-- Reads: pair_total, dim_entity. Writes: nothing.

with pair as (
    select
        entity_key_a as entity_key,
        entity_key_b as country_key,
        article_count
    from pair_total
    union all
    select
        entity_key_b as entity_key,
        entity_key_a as country_key,
        article_count
    from pair_total
)

select
    pair.entity_key,
    country.country_code,
    cast(max(pair.article_count) as bigint) as article_count
from pair
inner join dim_entity as entity on pair.entity_key = entity.entity_key
inner join dim_entity as country on pair.country_key = country.entity_key
where
    entity.entity_type in ('GPE', 'LOC')
    and entity.country_code is null
    and country.country_code is not null
group by pair.entity_key, country.country_code
order by pair.entity_key, country.country_code;
