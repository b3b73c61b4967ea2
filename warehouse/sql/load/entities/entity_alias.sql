-- Grain: entity x surface form.
-- Reads: changed_entity, worn_entity, outdated_decision, fact_entity_mention. Writes: entity_alias, of the entities
-- that changed.
-- The strongest rule is the one with the highest score; on a tie exact, then the first in alphabetical order.
-- What came since the watermark is added to what was counted. An entity is counted anew, over all its mentions, where
-- some of them went or became of another, where another rule stands for a form than did, where other code decides now,
-- or where there is no watermark. The next call of the connection begins behind what this one counted.

create or replace temp table fresh_form as
select
    mention.entity_key,
    mention.surface_text,
    mention.resolution_rule,
    max(mention.resolution_score) as score,
    count(*) as mention_count
from fact_entity_mention as mention
where
    mention.rowid >= getvariable('watermark_entity_alias')
    and mention.entity_key in (select changed_entity.entity_key from changed_entity)
group by mention.entity_key, mention.surface_text, mention.resolution_rule;

create or replace temp table near_form as
select
    held.entity_key,
    held.alias,
    held.mention_count,
    held.rule,
    held.rowid as held_number
from entity_alias as held
where held.entity_key in (select fresh_form.entity_key from fresh_form);

create or replace temp table recounted_entity as
select entity_key
from changed_entity
where getvariable('watermark_entity_alias') is null or exists (select 1 from outdated_decision)
union
select worn_entity.entity_key
from worn_entity
union
select fresh_form.entity_key
from fresh_form
inner join near_form as held
    on fresh_form.entity_key = held.entity_key and fresh_form.surface_text = held.alias
where fresh_form.resolution_rule <> held.rule;

create or replace temp table new_form as
with ruled as (
    select *
    from fresh_form
    where entity_key not in (select recounted_entity.entity_key from recounted_entity)
    union all by name
    select
        mention.entity_key,
        mention.surface_text,
        mention.resolution_rule,
        max(mention.resolution_score) as score,
        count(*) as mention_count
    from fact_entity_mention as mention
    where mention.entity_key in (select recounted_entity.entity_key from recounted_entity)
    group by mention.entity_key, mention.surface_text, mention.resolution_rule
)

select
    ruled.entity_key,
    ruled.surface_text,
    sum(ruled.mention_count) as mention_count,
    arg_min(
        ruled.resolution_rule, (-ruled.score, ruled.resolution_rule <> 'exact', ruled.resolution_rule)
    ) as strongest_rule
from ruled
group by ruled.entity_key, ruled.surface_text;

delete from entity_alias
where entity_key in (select recounted_entity.entity_key from recounted_entity);

create or replace temp table held_form as
select near_form.*
from near_form
semi join new_form on near_form.entity_key = new_form.entity_key and near_form.alias = new_form.surface_text
anti join recounted_entity as recounted on near_form.entity_key = recounted.entity_key;

insert into new_form by name
select
    held.entity_key,
    held.alias as surface_text,
    held.mention_count,
    held.rule as strongest_rule
from held_form as held;

delete from entity_alias
where rowid in (select held_form.held_number from held_form);

insert into entity_alias (entity_key, alias, mention_count, rule, folded_alias)
select
    entity_key,
    surface_text,
    cast(sum(mention_count) as integer) as mention_count,
    any_value(strongest_rule) as strongest_rule,
    folded(surface_text) as folded_alias
from new_form
group by entity_key, surface_text
order by entity_key, surface_text;

set variable watermark_entity_alias = (
    select case when getvariable('watermark_entity_alias') is not null then coalesce(max(rowid) + 1, 0) end
    from fact_entity_mention
);

delete from worn_entity;

drop table fresh_form;
drop table near_form;
drop table recounted_entity;
drop table held_form;
drop table new_form;
