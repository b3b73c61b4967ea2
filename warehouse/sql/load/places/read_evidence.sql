-- The countries that an entity is named with, in two articles at least: one meeting tells nothing.
-- Grain: an entity that may be a place, and has to be placed, x a country.
-- Reads: asked_entity, pair_total, dim_entity. Writes: nothing.

with country as (
    select
        entity_key,
        country_code
    from dim_entity
    where country_code is not null
),

asked as (
    select entity_key
    from asked_entity
    where country_code is null
),

pair as (
    select
        entity_key_a as entity_key,
        entity_key_b as country_key,
        article_count
    from pair_total
    where
        entity_key_a in (select asked.entity_key from asked)
        and entity_key_b in (select country.entity_key from country)
    union all
    select
        entity_key_b as entity_key,
        entity_key_a as country_key,
        article_count
    from pair_total
    where
        entity_key_b in (select asked.entity_key from asked)
        and entity_key_a in (select country.entity_key from country)
)

select
    pair.entity_key,
    country.country_code,
    cast(max(pair.article_count) as bigint) as article_count
from pair
inner join country on pair.country_key = country.entity_key
group by pair.entity_key, country.country_code
order by pair.entity_key, country.country_code;
