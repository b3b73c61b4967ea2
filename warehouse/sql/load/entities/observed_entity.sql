-- Grain: an observed name.
-- Reads: touched_name, mention_change, near_mention, fact_entity_mention, dim_article. Writes: observed_entity: name
-- and article count of those whose mentions changed, and none without a mention but what people made up; temporary
-- lapsed_name: those that went. The articles that came or went are added to the count. The name is looked for anew, in
-- all mentions, only where another form came or the one that most articles use went from some.

create or replace temp table counted_name as
with change as (
    select
        article_id,
        observed_key,
        sum(mention_count) as mention_count
    from mention_change
    group by article_id, observed_key
),

near as (
    select
        article_id,
        observed_key,
        sum(mention_count) as mention_count
    from near_mention
    group by article_id, observed_key
),

side as (
    select
        change.observed_key,
        coalesce(near.mention_count, 0) as now_count,
        coalesce(near.mention_count, 0) - change.mention_count as former_count
    from change
    left join near on change.article_id = near.article_id and change.observed_key = near.observed_key
)

select
    observed_key,
    cast(count(*) filter (now_count > 0) - count(*) filter (former_count > 0) as integer) as article_count
from side
group by observed_key;

create or replace temp table challenged_form as
with change as (
    select
        observed_key,
        full_name,
        sum(mention_count) as mention_count
    from mention_change
    group by article_id, observed_key, full_name
),

challenged as (
    select distinct change.observed_key
    from change
    inner join observed_entity as observed on change.observed_key = observed.observed_key
    where
        (change.mention_count > 0 and change.full_name <> observed.name)
        or (change.mention_count < 0 and change.full_name = observed.name)
)

select
    article_key,
    observed_key,
    full_name
from fact_entity_mention
where observed_key in (select challenged.observed_key from challenged);

create or replace temp table observed_form as
with near_article as (
    select
        article_key,
        article_id
    from dim_article
    where article_key in (select challenged_form.article_key from challenged_form)
),

form as (
    select
        challenged.observed_key,
        challenged.full_name,
        count(distinct article.article_id) as article_count
    from challenged_form as challenged
    inner join near_article as article on challenged.article_key = article.article_key
    group by challenged.observed_key, challenged.full_name
)

select
    observed_key,
    full_name
from form
qualify row_number() over (
    partition by observed_key order by article_count desc, length(full_name) desc, full_name asc
) = 1;

update observed_entity
set article_count = observed_entity.article_count + counted.article_count
from counted_name as counted
where observed_entity.observed_key = counted.observed_key and counted.article_count <> 0;

update observed_entity
set name = form.full_name
from observed_form as form
where observed_entity.observed_key = form.observed_key and observed_entity.name <> form.full_name;

create or replace temp table lapsed_name as
select observed.observed_key
from observed_entity as observed
semi join touched_name as touched on observed.observed_key = touched.observed_key
where not observed.is_made and observed.article_count = 0;

delete from observed_entity
where observed_key in (select lapsed_name.observed_key from lapsed_name);

drop table counted_name;
drop table challenged_form;
drop table observed_form;
