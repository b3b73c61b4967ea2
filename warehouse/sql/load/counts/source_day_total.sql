-- Grain: an outlet x a day on which the current version of an article of it was published; -1 for undated ones.
-- Reads: counted_date, fact_article, dim_source. Writes: source_day_total: the days on which articles were counted; all
-- of them where an outlet is known by another key now, or has one after it had none; counted_date: nothing is left.

create temp table if not exists counted_date (date_key integer);

create or replace temp table latest_source as
select
    held.source_key as held_key,
    latest.source_key
from dim_source as held
inner join dim_source as latest on held.source_id = latest.source_id
where latest.is_current or latest.source_key < 0;

create or replace temp table unmet_source as
select held_key
from latest_source
where source_key not in (select source_day_total.source_key from source_day_total);

create or replace temp table rekeyed_source as
select source_key
from source_day_total
where source_key not in (select latest_source.source_key from latest_source)
union
select source_key
from fact_article
where
    source_key in (select unmet_source.held_key from unmet_source)
    and is_current_version;

insert into counted_date by name
select distinct published_date_key as date_key
from fact_article
where exists (select 1 from rekeyed_source)
union all
select distinct date_key
from source_day_total
where exists (select 1 from rekeyed_source);

delete from source_day_total
where date_key in (select counted_date.date_key from counted_date);

insert into source_day_total by name
select
    latest.source_key,
    fact.published_date_key as date_key,
    count(*) as article_count,
    count(distinct fact.story_key) as story_count,
    count(*) filter (fact.is_duplicate) as duplicate_count,
    count(*) filter (fact.mention_count > 0) as named_article_count,
    sum(fact.mention_count) as mention_count
from fact_article as fact
inner join latest_source as latest on fact.source_key = latest.held_key
where
    fact.is_current_version
    and fact.published_date_key in (select counted_date.date_key from counted_date)
group by latest.source_key, fact.published_date_key
order by latest.source_key, fact.published_date_key;

delete from counted_date;

drop table latest_source;
drop table unmet_source;
drop table rekeyed_source;
