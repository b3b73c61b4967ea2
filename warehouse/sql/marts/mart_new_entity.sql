-- Grain: an entity that a dated article names.
-- Reads: entity_total, dim_entity, dim_date, dim_article, fact_article, dim_source. Defines: mart_new_entity.

create or replace view mart_new_entity as
select
    entity.entity_key,
    entity.name,
    entity.entity_type,
    first_day.date as first_seen_date,
    last_day.date as last_seen_date,
    total.article_count,
    total.story_count,
    total.mention_count,
    article.article_key as first_article_key,
    article.headline as first_headline,
    article.url as first_url,
    outlet.name as first_source_name
from entity_total as total
inner join dim_entity as entity on total.entity_key = entity.entity_key
inner join dim_date as first_day on total.first_date_key = first_day.date_key
inner join dim_date as last_day on total.last_date_key = last_day.date_key
inner join dim_article as article on total.first_article_key = article.article_key
inner join fact_article as fact on total.first_article_key = fact.article_key
inner join dim_source as outlet on fact.source_key = outlet.source_key
where not entity.is_hidden and total.first_date_key > 0;

comment on view mart_new_entity is
'An entity x the first article that names it, by the day of publication; new to the warehouse, which may begin late';
comment on column mart_new_entity.entity_key is 'The entity: dim_entity';
comment on column mart_new_entity.name is 'Its name';
comment on column mart_new_entity.entity_type is 'Its type, such as PERSON, ORG, GPE';
comment on column mart_new_entity.first_seen_date is
'Day (UTC) the first article that names it was published, also where only a later version of it has the name';
comment on column mart_new_entity.last_seen_date is 'Day (UTC) the last one was';
comment on column mart_new_entity.article_count is 'Articles whose current version names it, also undated ones';
comment on column mart_new_entity.story_count is 'Stories these are of: copies of one article count once';
comment on column mart_new_entity.mention_count is 'Its mentions in these';
comment on column mart_new_entity.first_article_key is
'The first article, current version; of those of one minute the one with the smaller key: dim_article';
comment on column mart_new_entity.first_headline is 'Its headline';
comment on column mart_new_entity.first_url is 'Its address; null when it has none';
comment on column mart_new_entity.first_source_name is 'Its outlet';
