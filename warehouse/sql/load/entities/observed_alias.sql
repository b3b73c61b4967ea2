-- Grain: an observed name x another name that stands for it within articles.
-- Reads: touched_name, mention_change, near_mention, observed_entity. Writes: observed_alias: the articles in which an
-- alias came or went are added to its count; temporary changed_alias: the aliases that the names touched had or have.

create or replace temp table changed_alias as
select distinct known.alias_key
from observed_alias as known
semi join touched_name as touched on known.observed_key = touched.observed_key;

create or replace temp table new_alias as
with change as (
    select
        article_id,
        observed_key,
        alias_key,
        sum(mention_count) as mention_count
    from mention_change
    group by article_id, observed_key, alias_key
),

side as (
    select
        change.observed_key,
        change.alias_key,
        coalesce(near.mention_count, 0) as now_count,
        coalesce(near.mention_count, 0) - change.mention_count as former_count
    from change
    left join near_mention as near
        on
            change.article_id = near.article_id
            and change.observed_key = near.observed_key
            and change.alias_key = near.alias_key
),

counted as (
    select
        observed_key,
        alias_key,
        count(*) filter (now_count > 0) - count(*) filter (former_count > 0) as article_count
    from side
    group by observed_key, alias_key
)

select
    counted.observed_key,
    counted.alias_key,
    cast(coalesce(known.article_count, 0) + counted.article_count as integer) as article_count
from counted
inner join observed_entity as observed on counted.observed_key = observed.observed_key
left join observed_alias as known
    on counted.observed_key = known.observed_key and counted.alias_key = known.alias_key
where counted.article_count <> 0 and counted.alias_key not in ('', observed.name_key);

delete from observed_alias
using new_alias as given
where observed_alias.observed_key = given.observed_key and observed_alias.alias_key = given.alias_key;

delete from observed_alias
where observed_key in (select lapsed_name.observed_key from lapsed_name);

insert into observed_alias by name
select *
from new_alias
where article_count > 0;

insert into changed_alias
select distinct known.alias_key
from observed_alias as known
semi join touched_name as touched on known.observed_key = touched.observed_key;

drop table new_alias;
