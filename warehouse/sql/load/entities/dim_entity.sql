-- Grain: an entity.
-- Reads: changed_entity, named_change, near_version, resolution_decision, human_decision, entity_override,
-- observed_entity, fact_entity_mention, dim_article, dim_date, pair_total. Writes: dim_entity: the entities that
-- changed, and none that no name leads to; unplaced_entity: with them, and with those that a country is named with,
-- where it is another country now, or none. An entity that people merged others into keeps the name of its id. The
-- articles in which mentions came or went are added to what it counted; the first and last day are looked for anew, in
-- all mentions, only where mentions of such a day went.

insert into changed_entity
select distinct entity_key
from named_change;

create or replace temp table counted_entity as
with change as (
    select
        article_id,
        entity_key,
        sum(mention_count) as mention_count
    from named_change
    group by article_id, entity_key
),

near_mention as (
    select
        article_key,
        entity_key
    from fact_entity_mention
    where
        rowid >= coalesce(getvariable('watermark_fact_entity_mention'), 0)
        and article_key in (select near_version.article_key from near_version)
    union all
    select
        article_key,
        entity_key
    from fact_entity_mention
    where rowid in (select wanted_mention.row_number from wanted_mention)
),

near as (
    select
        near_version.article_id,
        near_mention.entity_key,
        count(*) as mention_count
    from near_mention
    inner join near_version on near_mention.article_key = near_version.article_key
    group by near_version.article_id, near_mention.entity_key
),

side as (
    select
        change.entity_key,
        coalesce(near.mention_count, 0) as now_count,
        coalesce(near.mention_count, 0) - change.mention_count as former_count
    from change
    left join near on change.article_id = near.article_id and change.entity_key = near.entity_key
)

select
    entity_key,
    count(*) filter (now_count > 0) - count(*) filter (former_count > 0) as article_count
from side
group by entity_key;

create or replace temp table dated_entity as
with change as (
    select
        entity_key,
        published_date_key,
        sum(mention_count) as mention_count
    from named_change
    group by article_id, entity_key, published_date_key
)

select
    change.entity_key,
    min(calendar.date) filter (change.mention_count > 0) as added_first_date,
    max(calendar.date) filter (change.mention_count > 0) as added_last_date,
    min(calendar.date) filter (change.mention_count < 0) as removed_first_date,
    max(calendar.date) filter (change.mention_count < 0) as removed_last_date
from change
inner join dim_date as calendar on change.published_date_key = calendar.date_key
group by change.entity_key;

create or replace temp table former_row as
select
    entity_key,
    article_count,
    first_seen_date,
    last_seen_date,
    country_code
from dim_entity
where entity_key in (select changed_entity.entity_key from changed_entity);

create or replace temp table seen_entity as
with changed as (
    select distinct entity_key
    from changed_entity
),

held as (
    select
        changed.entity_key,
        entity.article_count as held_article_count,
        entity.first_seen_date,
        entity.last_seen_date,
        coalesce(
            dated.removed_first_date <= entity.first_seen_date or dated.removed_last_date >= entity.last_seen_date,
            false
        ) as is_recounted,
        dated.added_first_date,
        dated.added_last_date
    from changed
    left join former_row as entity on changed.entity_key = entity.entity_key
    left join dated_entity as dated on changed.entity_key = dated.entity_key
),

asked as (
    select entity_key
    from held
    where is_recounted
),

recounted as (
    select
        mention.entity_key,
        min(calendar.date) as first_seen_date,
        max(calendar.date) as last_seen_date
    from fact_entity_mention as mention
    semi join asked on mention.entity_key = asked.entity_key
    inner join dim_date as calendar on mention.published_date_key = calendar.date_key
    group by mention.entity_key
)

select
    held.entity_key,
    cast(coalesce(held.held_article_count, 0) + coalesce(counted.article_count, 0) as integer) as article_count,
    case
        when held.is_recounted then recounted.first_seen_date
        else least(held.first_seen_date, held.added_first_date)
    end as first_seen_date,
    case
        when held.is_recounted then recounted.last_seen_date
        else greatest(held.last_seen_date, held.added_last_date)
    end as last_seen_date
from held
left join counted_entity as counted on held.entity_key = counted.entity_key
left join recounted on held.entity_key = recounted.entity_key;

create or replace temp table changed_decision as
select
    observed_key,
    entity_key,
    rule
from resolution_decision
where article_key < 0 and entity_key in (select changed_entity.entity_key from changed_entity);

create or replace temp table changed_name as
select
    observed_key,
    observed_id,
    entity_type,
    name_key,
    name,
    country_code,
    article_count
from observed_entity
where observed_key in (select changed_decision.observed_key from changed_decision);

-- The name that an entity is known by is one of its names.
create or replace temp table new_entity as
with namesake as (
    select distinct target_id as observed_id
    from human_decision
    where status = 'applied' and decision = 'merge'
),

named as (
    select
        decision.entity_key,
        observed.name
    from changed_decision as decision
    inner join changed_name as observed on decision.observed_key = observed.observed_key
    inner join changed_name as root on decision.entity_key = root.observed_key
    left join namesake on root.observed_id = namesake.observed_id
    qualify row_number() over (
        partition by decision.entity_key
        order by
            namesake.observed_id is not null and observed.observed_key = root.observed_key desc,
            observed.entity_type = root.entity_type desc,
            root.entity_type = 'PERSON' and not contains(observed.name_key, ' ') asc,
            observed.article_count desc,
            length(observed.name) desc,
            observed.name asc
    ) = 1
)

select
    root.observed_key as entity_key,
    root.observed_id as entity_id,
    coalesce(decided.new_name, named.name) as entity_name,
    coalesce(decided.entity_type, root.entity_type) as entity_type,
    root.country_code,
    cast(-1 as bigint) as place_key,
    coalesce(decided.is_hidden, false) as is_hidden,
    seen.first_seen_date,
    seen.last_seen_date,
    seen.article_count,
    decision.rule = 'ambiguous' as is_ambiguous,
    folded(coalesce(decided.new_name, named.name)) as folded_name
from changed_name as root
inner join changed_decision as decision
    on root.observed_key = decision.observed_key and root.observed_key = decision.entity_key
inner join named on root.observed_key = named.entity_key
left join entity_override as decided on root.observed_key = decided.entity_key
inner join seen_entity as seen on root.observed_key = seen.entity_key;

create or replace temp table recoded_entity as
select held.entity_key
from former_row as held
inner join new_entity as given on held.entity_key = given.entity_key
where held.country_code is distinct from given.country_code;

insert into unplaced_entity by name
select entity_key
from new_entity
union all
select entity_key_b as entity_key
from pair_total
where entity_key_a in (select recoded_entity.entity_key from recoded_entity)
union all
select entity_key_a as entity_key
from pair_total
where entity_key_b in (select recoded_entity.entity_key from recoded_entity);

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

drop table changed_decision;
drop table changed_name;
drop table new_entity;
drop table recoded_entity;
drop table former_row;
drop table counted_entity;
drop table dated_entity;
drop table seen_entity;
