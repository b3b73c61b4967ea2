-- What became of entities: spans that mean another one in the other file, and how the two hang together.
-- Spans that stayed count, too: an entity of which some left is split, one to which some came is merged.
-- Grain: an entity of a x an entity of b, another one, that share spans.
-- Reads: moved_mention, a and b: fact_entity_mention, dim_entity. Writes: entity_change (temporary).

create or replace temp table entity_change as
with moved as (
    select
        a_key,
        b_key,
        count(*) as mention_count
    from moved_mention
    group by a_key, b_key
),

involved as (
    select a_key as entity_key from moved
    union
    select b_key as entity_key from moved
),

stayed as (
    select distinct a_mention.entity_key
    from a.fact_entity_mention as a_mention
    inner join b.fact_entity_mention as b_mention
        on
            a_mention.article_key = b_mention.article_key
            and a_mention.field = b_mention.field
            and a_mention.start_char = b_mention.start_char
            and a_mention.end_char = b_mention.end_char
            and a_mention.entity_key = b_mention.entity_key
    where a_mention.entity_key in (select entity_key from involved)
),

flow as (
    select
        a_key,
        b_key
    from moved
    union all
    select
        entity_key as a_key,
        entity_key as b_key
    from stayed
),

a_part as (
    select
        a_key,
        count(*) as part_count
    from flow
    group by a_key
),

b_part as (
    select
        b_key,
        count(*) as part_count
    from flow
    group by b_key
)

select
    case
        when a_part.part_count > 1 and b_part.part_count > 1 then 'regrouped'
        when a_part.part_count > 1 then 'split'
        when b_part.part_count > 1 then 'merged'
        else 'other_id'
    end as kind,
    a_entity.entity_id as a_entity_id,
    a_entity.name as a_name,
    b_entity.entity_id as b_entity_id,
    b_entity.name as b_name,
    moved.mention_count
from moved
inner join a_part on moved.a_key = a_part.a_key
inner join b_part on moved.b_key = b_part.b_key
inner join a.dim_entity as a_entity on moved.a_key = a_entity.entity_key
inner join b.dim_entity as b_entity on moved.b_key = b_entity.entity_key;
