-- Grain: a short name of several entities, with the last article that does not tell which.
-- Reads: dim_entity, resolution_decision, observed_entity, observed_alias, fact_entity_mention, dim_article. Writes:
-- nothing. The entity proposed is the one that most articles have among those with the short form.

with doubt as (
    select
        entity.entity_key,
        entity.entity_id,
        entity.entity_type,
        entity.name,
        entity.article_count,
        root.name_key,
        decision.rule,
        decision.score,
        decision.evidence
    from dim_entity as entity
    inner join observed_entity as root on entity.entity_key = root.observed_key
    inner join resolution_decision as decision
        on entity.entity_key = decision.observed_key and decision.article_key = -2
    where entity.is_ambiguous and not entity.is_hidden and entity.article_count > 0
    order by entity.article_count desc, entity.entity_id asc
    limit $row_limit
),

last_article as (
    select
        mention.entity_key,
        max_by(article.article_id, (mention.published_date_key, article.article_id)) as article_id
    from fact_entity_mention as mention
    semi join doubt on mention.entity_key = doubt.entity_key
    inner join dim_article as article on mention.article_key = article.article_key
    where article.is_current
    group by mention.entity_key
),

candidate as (
    select
        doubt.entity_key,
        resolved.entity_key as other_key,
        max(observed.article_count) as article_count
    from doubt
    inner join observed_entity as observed on doubt.entity_type = observed.entity_type
    inner join resolution_decision as resolved
        on observed.observed_key = resolved.observed_key and resolved.article_key = -2
    left join observed_alias as known
        on observed.observed_key = known.observed_key and doubt.name_key = known.alias_key
    where
        resolved.entity_key <> doubt.entity_key
        and (known.alias_key is not null or ends_with(observed.name_key, ' ' || doubt.name_key))
    group by doubt.entity_key, resolved.entity_key
),

proposed as (
    select
        entity_key,
        max_by(other_key, (article_count, other_key)) as other_key
    from candidate
    group by entity_key
)

select
    'ambiguous' as kind,
    doubt.article_count,
    'split' as decision,
    doubt.entity_id,
    '' as part,
    last_article.article_id as article,
    other.entity_id as target_id,
    doubt.name,
    other.name as other_name,
    doubt.rule as resolution_rule,
    doubt.score as resolution_score,
    doubt.evidence,
    doubt.entity_key as subject_key,
    other.entity_key as other_key
from doubt
inner join last_article on doubt.entity_key = last_article.entity_key
inner join proposed on doubt.entity_key = proposed.entity_key
inner join dim_entity as other on proposed.other_key = other.entity_key
order by doubt.article_count desc, doubt.entity_id asc;
