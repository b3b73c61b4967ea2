-- Grain: two entities of one type and nearly the same name; the one that fewer articles have has no other name.
-- Reads: dim_entity, resolution_decision, observed_entity. Writes: nothing.
-- Near is: a letter or two apart, or the one begins or ends with the words of the other.

with named as (
    select
        entity.entity_key,
        entity.entity_id,
        entity.entity_type,
        entity.name,
        entity.article_count,
        root.name_key,
        count(*) as name_count
    from dim_entity as entity
    inner join observed_entity as root on entity.entity_key = root.observed_key
    inner join resolution_decision as decision
        on entity.entity_key = decision.entity_key and decision.article_key = -2
    where not entity.is_hidden and length(root.name_key) >= 5 and not root.is_made
    group by all
),

place as (
    select
        *,
        'start ' || left(name_key, 3) as near_key
    from named
    union all
    select
        *,
        'end ' || right(name_key, 4) as near_key
    from named
),

alone as (
    select *
    from place
    where name_count = 1 and article_count >= $min_article_count
),

near as (
    select
        alone.* exclude (near_key),
        other.entity_key as other_key,
        other.entity_id as other_id,
        other.name as near_name,
        other.article_count as other_count,
        levenshtein(alone.name_key, other.name_key) as letter_count
    from alone
    inner join place as other
        on
            alone.near_key = other.near_key
            and alone.entity_type = other.entity_type
            and alone.entity_key <> other.entity_key
    where
        (other.article_count, other.entity_key) > (alone.article_count, alone.entity_key)
        and (
            levenshtein(alone.name_key, other.name_key) <= 1 + length(alone.name_key) // 12
            or starts_with(other.name_key, alone.name_key || ' ')
            or starts_with(alone.name_key, other.name_key || ' ')
            or ends_with(other.name_key, ' ' || alone.name_key)
            or ends_with(alone.name_key, ' ' || other.name_key)
        )
)

select
    'singleton' as kind,
    near.article_count,
    'merge' as decision,
    near.entity_id,
    '' as part,
    '' as article,
    near.other_id as target_id,
    near.name,
    near.near_name as other_name,
    'own_name' as resolution_rule,
    1.0 as resolution_score,
    near.letter_count || ' letters apart; ' || near.other_count || ' articles have the other' as evidence,
    near.entity_key as subject_key,
    near.other_key
from near
qualify row_number() over (partition by near.entity_key order by near.letter_count asc, near.other_count desc) = 1
order by near.article_count desc, near.entity_id asc
limit $row_limit;
