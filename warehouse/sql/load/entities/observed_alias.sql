-- Grain: an observed name x another name that stands for it within articles.
-- Reads: touched_name, observed_entity, fact_entity_mention, dim_article. Writes: observed_alias, of the names touched;
-- temporary changed_alias: the aliases they had or have.

create or replace temp table changed_alias as
select distinct known.alias_key
from observed_alias as known
semi join touched_name as touched on known.observed_key = touched.observed_key;

delete from observed_alias
where observed_key in (select touched_name.observed_key from touched_name);

create or replace temp table new_alias as
select
    mention.observed_key,
    mention.alias_key,
    cast(count(distinct article.article_id) as integer) as article_count
from fact_entity_mention as mention
semi join touched_name as touched on mention.observed_key = touched.observed_key
inner join observed_entity as observed on mention.observed_key = observed.observed_key
inner join dim_article as article on mention.article_key = article.article_key
where mention.alias_key not in ('', observed.name_key)
group by mention.observed_key, mention.alias_key;

insert into observed_alias by name
select * from new_alias;

insert into changed_alias
select distinct alias_key
from new_alias;

drop table new_alias;
