-- Grain: a name, which is an entity of its own. Reads: draft. Writes: dim_entity and what decides on it.

insert into dim_entity by name
select
    name.entity_key,
    name.entity_id,
    name.name,
    folded(name.name) as folded_name,
    name.entity_type,
    name.country_code,
    -1 as place_key,
    false as is_hidden,
    min(cast(article.published_at as date)) as first_seen_date,
    max(cast(article.published_at as date)) as last_seen_date,
    count(*) as article_count,
    false as is_ambiguous
from draft.named
inner join draft.name on named.rank_number = name.rank_number
inner join draft.article on named.text_number = article.text_number
group by all
order by name.entity_key;

insert into observed_entity by name
select
    entity_key as observed_key,
    entity_id as observed_id,
    entity_type,
    lower(name) as name_key,
    name,
    country_code,
    article_count,
    false as is_made
from dim_entity
where entity_key >= 0;

insert into resolution_decision by name
select
    observed_key,
    -2 as article_key,
    observed_key as entity_key,
    observed_key as linked_key,
    'own_name' as rule,
    1.0 as score,
    '' as evidence,
    'benchmark' as resolver_version,
    (select min(run_key) from dim_run) as run_key,
    '' as alias_key
from observed_entity;

insert into observed_alias by name
select
    name.entity_key as observed_key,
    lower(name.short_name) as alias_key,
    count(*) as article_count
from draft.named
inner join draft.name on named.rank_number = name.rank_number
inner join draft.article on named.text_number = article.text_number
where named.body_count > 1 and name.short_name <> name.name
group by all;
