-- Grain: an entity.
-- Reads: changed_entity, resolution_decision, human_decision, entity_override, observed_entity,
-- fact_entity_mention, dim_article, dim_date. Writes: dim_entity: the entities that changed, and none that no name
-- leads to. An entity that people merged others into keeps the name of its id.

create or replace temp table new_entity as
with changed as (
    select distinct decision.entity_key
    from resolution_decision as decision
    semi join changed_entity as changed on decision.entity_key = changed.entity_key
),

namesake as (
    select distinct target_id as observed_id
    from human_decision
    where status = 'applied' and decision = 'merge'
),

named as (
    select
        changed.entity_key,
        observed.name
    from changed
    inner join resolution_decision as decision
        on changed.entity_key = decision.entity_key and decision.article_key = -2
    inner join observed_entity as observed on decision.observed_key = observed.observed_key
    inner join observed_entity as root on changed.entity_key = root.observed_key
    left join namesake on root.observed_id = namesake.observed_id
    qualify row_number() over (
        partition by changed.entity_key
        order by
            namesake.observed_id is not null and observed.observed_key = root.observed_key desc,
            observed.entity_type = root.entity_type desc,
            root.entity_type = 'PERSON' and not contains(observed.name_key, ' ') asc,
            observed.article_count desc,
            length(observed.name) desc,
            observed.name asc
    ) = 1
),

seen as (
    select
        mention.entity_key,
        min(calendar.date) as first_seen_date,
        max(calendar.date) as last_seen_date,
        cast(count(distinct article.article_id) as integer) as article_count
    from fact_entity_mention as mention
    semi join changed on mention.entity_key = changed.entity_key
    inner join dim_article as article on mention.article_key = article.article_key
    left join dim_date as calendar on mention.published_date_key = calendar.date_key
    group by mention.entity_key
)

select
    changed.entity_key,
    root.observed_id as entity_id,
    coalesce(decided.new_name, named.name) as entity_name,
    coalesce(decided.entity_type, root.entity_type) as entity_type,
    root.country_code,
    cast(-1 as bigint) as place_key,
    coalesce(decided.is_hidden, false) as is_hidden,
    seen.first_seen_date,
    seen.last_seen_date,
    coalesce(seen.article_count, 0) as article_count,
    decision.rule = 'ambiguous' as is_ambiguous,
    strip_accents(lower(coalesce(decided.new_name, named.name))) as folded_name
from changed
inner join observed_entity as root on changed.entity_key = root.observed_key
inner join resolution_decision as decision
    on changed.entity_key = decision.observed_key and decision.article_key = -2
inner join named on changed.entity_key = named.entity_key
left join entity_override as decided on changed.entity_key = decided.entity_key
left join seen on changed.entity_key = seen.entity_key;

delete from dim_entity
where entity_key >= 0 and entity_key in (select changed_entity.entity_key from changed_entity);

insert into dim_entity (
    entity_key,
    entity_id,
    name,
    entity_type,
    country_code,
    place_key,
    is_hidden,
    first_seen_date,
    last_seen_date,
    article_count,
    is_ambiguous,
    folded_name
)
select *
from new_entity
order by entity_key;

drop table new_entity;
