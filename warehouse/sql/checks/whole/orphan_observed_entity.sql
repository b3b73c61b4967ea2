-- Protects: every observed name has a mention, unless a person made it up, and every mention an observed name; what is
-- kept of names is of names that are there, and what is kept of two is kept of both, and of names spelt alike.
-- Returns: the keys that lead nowhere.

select
    'no mention' as problem,
    observed.observed_key
from observed_entity as observed
anti join fact_entity_mention as mention on observed.observed_key = mention.observed_key
where not observed.is_made
union all
select distinct
    'mention' as problem,
    mention.observed_key
from fact_entity_mention as mention
anti join observed_entity as observed on mention.observed_key = observed.observed_key
union all
select
    'observed_alias' as problem,
    known.observed_key
from observed_alias as known
anti join observed_entity as observed on known.observed_key = observed.observed_key
union all
select
    'observed_block' as problem,
    known.observed_key
from observed_block as known
anti join observed_entity as observed on known.observed_key = observed.observed_key
union all
select
    'observed_spelling' as problem,
    spelling.observed_key
from observed_spelling as spelling
anti join observed_spelling as reverse
    on spelling.observed_key = reverse.near_key and spelling.near_key = reverse.observed_key
union all
select
    'observed_spelling' as problem,
    spelling.observed_key
from observed_spelling as spelling
anti join observed_entity as observed on spelling.observed_key = observed.observed_key
union all
select
    'observed_company' as problem,
    company.observed_key
from observed_company as company
anti join observed_spelling as spelling
    on company.observed_key = spelling.observed_key and company.near_key = spelling.near_key
union all
select
    'observed_candidate' as problem,
    known.observed_key
from observed_candidate as known
left join observed_entity as observed on known.observed_key = observed.observed_key
left join observed_entity as candidate on known.candidate_key = candidate.observed_key
where observed.observed_key is null or candidate.observed_key is null
union all
select
    'resolution_link' as problem,
    link.observed_key
from resolution_link as link
left join observed_entity as observed on link.observed_key = observed.observed_key
left join observed_entity as linked on link.linked_key = linked.observed_key
where observed.observed_key is null or linked.observed_key is null;
