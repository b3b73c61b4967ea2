-- Grain: an observed name in an article, in all its forms or in one.
-- Reads: incoming_decision, resolution_decision, resolution_link, human_decision, observed_entity, dim_article,
-- fact_entity_mention. Writes: temporary article_link: what names stand for in single articles, by people or by rules.
-- Of several decisions on a mention one on its form goes before one on all forms, then the later one holds.

create or replace temp table name_entity as
select
    observed_key,
    entity_key
from incoming_decision
union all
select
    held.observed_key,
    held.entity_key
from resolution_decision as held
anti join incoming_decision as incoming on held.observed_key = incoming.observed_key
where held.article_key = -2;

create or replace temp table split_decision as
select
    decision.* exclude (alias_key),
    coalesce(decision.alias_key, '') as alias_key,
    entity.entity_key as left_entity_key,
    leaving.observed_key as part_key,
    arrived.observed_key as target_key
from human_decision as decision
inner join observed_entity as base on decision.entity_id = base.observed_id
inner join name_entity as entity on base.observed_key = entity.observed_key
left join observed_entity as leaving on decision.part_id = leaving.observed_id
left join observed_entity as arrived on decision.target_id = arrived.observed_id
where decision.status = 'applied' and decision.decision = 'split';

create or replace temp table context_link as
select
    link.*,
    entity.entity_key
from resolution_link as link
inner join name_entity as entity on link.linked_key = entity.observed_key
where link.article_key >= 0;

create or replace temp table parted_mention as
with parted_name as (
    select entity.observed_key
    from name_entity as entity
    semi join split_decision as parting on entity.entity_key = parting.left_entity_key
    union
    select context_link.observed_key
    from context_link
    semi join split_decision as parting on context_link.entity_key = parting.left_entity_key
)

select
    observed_key,
    article_key,
    alias_key
from fact_entity_mention
where observed_key in (select parted_name.observed_key from parted_name);

create or replace temp table article_link as
with kept as (
    select context_link.* exclude (entity_key)
    from context_link
    anti join split_decision as parting
        on
            context_link.observed_key = parting.part_key
            and context_link.entity_key = parting.left_entity_key
            and parting.article = ''
),

parted (
    observed_key, article_key, alias_key, linked_key, rule, score, evidence, decided_at, is_of_name
) as (
    select
        mention.observed_key,
        mention.article_key,
        parting.alias_key,
        parting.target_key,
        'human',
        1.0,
        'by ' || parting.decided_by || ' on ' || strftime(parting.decided_at, '%Y-%m-%d')
        || case when parting.note = '' then '' else ': ' || parting.note end,
        parting.decided_at,
        parting.part_key is not null
    from parted_mention as mention
    inner join dim_article as article on mention.article_key = article.article_key
    inner join name_entity as overall on mention.observed_key = overall.observed_key
    left join context_link
        on mention.observed_key = context_link.observed_key and mention.article_key = context_link.article_key
    inner join split_decision as parting
        on coalesce(context_link.entity_key, overall.entity_key) = parting.left_entity_key
    where
        (parting.article <> '' or parting.alias_key <> '')
        and (parting.article = '' or parting.article in (article.article_id, article.external_id))
        and (parting.alias_key = '' or parting.alias_key = mention.alias_key)
        and (parting.part_key is null or parting.part_key = mention.observed_key)
),

chosen as (
    select * exclude (decided_at, is_of_name)
    from parted
    qualify row_number() over (
        partition by observed_key, article_key, alias_key
        order by is_of_name desc, decided_at desc, linked_key asc, evidence asc
    ) = 1
)

select *
from chosen
union all by name
select
    kept.*,
    '' as alias_key
from kept
anti join chosen
    on
        kept.observed_key = chosen.observed_key
        and kept.article_key = chosen.article_key
        and chosen.alias_key = '';

drop table name_entity;

drop table split_decision;

drop table context_link;

drop table parted_mention;
