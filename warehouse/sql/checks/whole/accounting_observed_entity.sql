-- Protects: observed_entity and observed_alias count the articles that have a name, and an alias of it, and a name is
-- spelt as most articles have it: a load adds to what is there, and counts nothing over all articles.
-- Returns: the names and aliases that count wrongly, and the names that are spelt otherwise.

with mentioned as (
    select distinct
        article.article_id,
        mention.observed_key,
        mention.full_name,
        mention.alias_key
    from fact_entity_mention as mention
    inner join dim_article as article on mention.article_key = article.article_key
),

named as (
    select
        observed_key,
        count(distinct article_id) as article_count
    from mentioned
    group by observed_key
),

form as (
    select
        observed_key,
        full_name
    from mentioned
    group by observed_key, full_name
    qualify row_number() over (
        partition by observed_key order by count(distinct article_id) desc, length(full_name) desc, full_name asc
    ) = 1
),

alias as (
    select
        mentioned.observed_key,
        mentioned.alias_key,
        count(distinct mentioned.article_id) as article_count
    from mentioned
    inner join observed_entity as observed on mentioned.observed_key = observed.observed_key
    where mentioned.alias_key not in ('', observed.name_key)
    group by mentioned.observed_key, mentioned.alias_key
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
