-- Grain: mentions of a version that came.
-- Reads: resolution_decision, dim_entity, fact_entity_mention, dim_article. Writes: mention_change: all mentions there
-- are, where there are entities and no decision: in a file of a schema from before there were any, whose names
-- and entities were never counted (migrations/0008_create_resolution.sql); worn_entity: all entities, as mentions may
-- have gone already whose forms are counted still.

create or replace temp table uncounted_entity as
select min(entity_key) as entity_key
from dim_entity
where entity_key >= 0 and not exists (select 1 from resolution_decision)
having count(*) > 0;

insert into worn_entity
select entity_key
from dim_entity
where entity_key >= 0 and exists (select 1 from uncounted_entity);

delete from mention_change
where exists (select 1 from uncounted_entity);

insert into mention_change by name
select
    article.article_id,
    mention.observed_key,
    mention.entity_key,
    mention.full_name,
    mention.alias_key,
    mention.published_date_key,
    count(*) as mention_count
from fact_entity_mention as mention
inner join dim_article as article on mention.article_key = article.article_key
where exists (select 1 from uncounted_entity)
group by all;

drop table uncounted_entity;
