-- Protects: what entity a mention is of follows from the decisions, the one for its form in its article
-- before the one for its article, and that before the one for all.
-- Returns: the mentions of another entity, or under another rule or score.

select
    mention.article_key,
    mention.field,
    mention.start_char,
    mention.entity_key,
    mention.resolution_rule
from fact_entity_mention as mention
left join resolution_decision as overall
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
where
    mention.entity_key is distinct from coalesce(formed.entity_key, single.entity_key, overall.entity_key)
    or mention.resolution_score
    is distinct from least(mention.observed_score, coalesce(formed.score, single.score, overall.score))
    or mention.resolution_rule is distinct from case
        when coalesce(formed.rule, single.rule, overall.rule) = 'own_name' then mention.observed_rule
        else coalesce(formed.rule, single.rule, overall.rule)
    end;
