-- Grain: a span of a version of an article, as one entity.
-- Reads: redecided_name, added_name, near_version, wanted_mention, dim_article, resolution_decision. Writes:
-- fact_entity_mention: entity_key, resolution_rule, resolution_score of the names decided anew, and in the articles in
-- which mentions came or went; named_change, worn_entity; pending_article: the versions in which an entity became
-- another; temporary moved_mention: one row, how many mentions are of another entity than they were.

-- In a table of its own: DuckDB takes it to be a large part of all mentions, and would hash all decisions for it.
create or replace temp table undecided_mention as
with former_name as (
    select redecided.observed_key
    from redecided_name as redecided
    anti join added_name on redecided.observed_key = added_name.observed_key
)

-- Each is there once: of the articles in which mentions came or went, those of other names.
select
    rowid as mention_number,
    article_key,
    observed_key,
    alias_key,
    published_date_key,
    observed_rule,
    observed_score,
    entity_key,
    resolution_rule,
    resolution_score
from fact_entity_mention
where
    rowid >= coalesce(getvariable('watermark_fact_entity_mention'), 0)
    and observed_key in (select redecided_name.observed_key from redecided_name)
union all
select
    rowid as mention_number,
    article_key,
    observed_key,
    alias_key,
    published_date_key,
    observed_rule,
    observed_score,
    entity_key,
    resolution_rule,
    resolution_score
from fact_entity_mention
where
    rowid < coalesce(getvariable('watermark_fact_entity_mention'), 0)
    and observed_key in (select former_name.observed_key from former_name)
union all
select
    rowid as mention_number,
    article_key,
    observed_key,
    alias_key,
    published_date_key,
    observed_rule,
    observed_score,
    entity_key,
    resolution_rule,
    resolution_score
from fact_entity_mention
where
    rowid >= coalesce(getvariable('watermark_fact_entity_mention'), 0)
    and article_key in (select near_version.article_key from near_version)
    and observed_key not in (select redecided_name.observed_key from redecided_name)
union all
select
    rowid as mention_number,
    article_key,
    observed_key,
    alias_key,
    published_date_key,
    observed_rule,
    observed_score,
    entity_key,
    resolution_rule,
    resolution_score
from fact_entity_mention
where
    rowid in (select wanted_mention.row_number from wanted_mention)
    and observed_key not in (select redecided_name.observed_key from redecided_name);

create or replace temp table redecided_mention as
with near_decision as (
    select *
    from resolution_decision
    where observed_key in (select undecided_mention.observed_key from undecided_mention)
),

decided as (
    select
        mention.mention_number,
        mention.article_key,
        mention.published_date_key,
        mention.entity_key as former_key,
        mention.resolution_rule as former_rule,
        mention.resolution_score as former_score,
        coalesce(formed.entity_key, single.entity_key, overall.entity_key) as entity_key,
        case
            when coalesce(formed.rule, single.rule, overall.rule) = 'own_name' then mention.observed_rule
            else coalesce(formed.rule, single.rule, overall.rule)
        end as decided_rule,
        least(mention.observed_score, coalesce(formed.score, single.score, overall.score)) as decided_score
    from undecided_mention as mention
    inner join near_decision as overall
        on mention.observed_key = overall.observed_key and overall.article_key = -2
    left join near_decision as single
        on
            mention.observed_key = single.observed_key
            and mention.article_key = single.article_key
            and single.alias_key = ''
    left join near_decision as formed
        on
            mention.observed_key = formed.observed_key
            and mention.article_key = formed.article_key
            and mention.alias_key = formed.alias_key
            and formed.alias_key <> ''
)

select *
from decided
where (former_key, former_rule, former_score) <> (entity_key, decided_rule, decided_score);

insert into worn_entity
select unnest([former_key, entity_key])
from redecided_mention
where mention_number < coalesce(getvariable('watermark_entity_alias'), 0);

insert into pending_article by name
select distinct article_key
from redecided_mention
where entity_key <> former_key;

create or replace temp table moved_mention as
select count(*) as moved_count
from redecided_mention
where entity_key <> former_key;

insert into named_change by name
with moved as (
    select
        article.article_id,
        mention.former_key,
        mention.entity_key,
        mention.published_date_key,
        count(*) as mention_count
    from redecided_mention as mention
    inner join dim_article as article on mention.article_key = article.article_key
    where mention.entity_key <> mention.former_key
    group by article.article_id, mention.former_key, mention.entity_key, mention.published_date_key
)

select
    article_id,
    entity_key,
    published_date_key,
    mention_count
from moved
union all by name
select
    article_id,
    former_key as entity_key,
    published_date_key,
    -mention_count as mention_count
from moved;

update fact_entity_mention
set
    entity_key = decided.entity_key,
    resolution_rule = decided.decided_rule,
    resolution_score = decided.decided_score
from redecided_mention as decided
where fact_entity_mention.rowid = decided.mention_number;

drop table undecided_mention;
drop table redecided_mention;
