-- Protects: observed_entity and observed_alias count the articles that have a name, and an alias of it, and a name is
-- spelt as most articles have it: a load adds to what is there, and counts nothing over all articles.
-- Returns: the names and aliases that count wrongly, and the names that are spelt otherwise.
-- Mentions are told apart by a number of the article, not by its id, and what can be left out is left out first: with
-- the ids and all forms of all mentions the check did not fit into memory.

with numbered as (
    select
        article_key,
        min(article_key) over (partition by article_id) as article_number
    from dim_article
),

named_article as (
    select distinct
        mention.observed_key,
        numbered.article_number
    from fact_entity_mention as mention
    inner join numbered on mention.article_key = numbered.article_key
),

named as (
    select
        observed_key,
        count(*) as article_count
    from named_article
    group by observed_key
),

-- A name that has one form in all articles is spelt that way.
contested as (
    select distinct mention.observed_key
    from fact_entity_mention as mention
    inner join observed_entity as observed on mention.observed_key = observed.observed_key
    where mention.full_name <> observed.name and not observed.is_made
),

formed_article as (
    select distinct
        mention.observed_key,
        mention.full_name,
        numbered.article_number
    from fact_entity_mention as mention
    semi join contested on mention.observed_key = contested.observed_key
    inner join numbered on mention.article_key = numbered.article_key
),

form as (
    select
        observed_key,
        full_name
    from formed_article
    group by observed_key, full_name
    qualify row_number() over (
        partition by observed_key order by count(*) desc, length(full_name) desc, full_name asc
    ) = 1
),

aliased_article as (
    select distinct
        mention.observed_key,
        mention.alias_key,
        numbered.article_number
    from fact_entity_mention as mention
    inner join observed_entity as observed on mention.observed_key = observed.observed_key
    inner join numbered on mention.article_key = numbered.article_key
    where mention.alias_key not in ('', observed.name_key)
),

alias as (
    select
        observed_key,
        alias_key,
        count(*) as article_count
    from aliased_article
    group by observed_key, alias_key
)

select
    'article_count' as problem,
    observed.observed_key,
    observed.name as name_found
from observed_entity as observed
left join named on observed.observed_key = named.observed_key
where observed.article_count <> coalesce(named.article_count, 0)
union all
select
    'name' as problem,
    observed.observed_key,
    observed.name as name_found
from observed_entity as observed
inner join form on observed.observed_key = form.observed_key
where observed.name <> form.full_name and not observed.is_made
union all
select
    'alias' as problem,
    coalesce(known.observed_key, alias.observed_key) as observed_key,
    coalesce(known.alias_key, alias.alias_key) as name_found
from observed_alias as known
full join alias on known.observed_key = alias.observed_key and known.alias_key = alias.alias_key
where known.article_count is distinct from alias.article_count;
