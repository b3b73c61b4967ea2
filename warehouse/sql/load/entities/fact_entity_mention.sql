-- Grain: a span of a version of an article, as one entity.
-- Reads: redecided_name, resolution_decision. Writes: fact_entity_mention: entity_key, resolution_rule,
-- resolution_score of the names decided anew.

update fact_entity_mention
set
    entity_key = decided.entity_key,
    resolution_rule = case when decided.is_own then fact_entity_mention.observed_rule else decided.decided_rule end,
    resolution_score = least(fact_entity_mention.observed_score, decided.score)
from (
    select
        mention.rowid as mention_number,
        coalesce(formed.entity_key, single.entity_key, overall.entity_key) as entity_key,
        coalesce(formed.rule, single.rule, overall.rule) as decided_rule,
        coalesce(formed.score, single.score, overall.score) as score,
        coalesce(formed.rule, single.rule, overall.rule) = 'own_name' as is_own
    from fact_entity_mention as mention
    semi join redecided_name as redecided on mention.observed_key = redecided.observed_key
    inner join resolution_decision as overall
        on mention.observed_key = overall.observed_key and overall.article_key = -2
    left join resolution_decision as single
        on
            mention.observed_key = single.observed_key
            and mention.article_key = single.article_key
            and single.alias_key = ''
    left join resolution_decision as formed
        on
            mention.observed_key = formed.observed_key
            and mention.article_key = formed.article_key
            and mention.alias_key = formed.alias_key
            and formed.alias_key <> ''
) as decided
where
    fact_entity_mention.rowid = decided.mention_number
    and (
        fact_entity_mention.entity_key <> decided.entity_key
        or fact_entity_mention.resolution_rule
        <> case when decided.is_own then fact_entity_mention.observed_rule else decided.decided_rule end
        or fact_entity_mention.resolution_score <> least(fact_entity_mention.observed_score, decided.score)
    );
