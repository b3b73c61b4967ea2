-- Grain: a version of an article that is counted now.
-- Reads: pending_article, added_version, fact_article, dim_article, counted_version. Writes: temporary counted_article:
-- the next $article_count of those that this connection added, and $former_count of the others; recounted_article: with
-- them; counted_date: with the days they were and are of; pending_article: without them; temporary story_version: the
-- current versions in the stories that these are of, before and now; wanted_version: those of them that were there
-- before. Whether an entity is named in a story depends on those alone: so the stories of an entity can be counted on
-- without looking at the others.

create or replace temp table counted_article as
with pending as (
    select distinct
        article_key,
        article_key in (select added_version.article_key from added_version) as is_added
    from pending_article
)

select article_key
from pending
qualify
    row_number() over (partition by is_added order by article_key)
    <= case when is_added then $article_count else $former_count end;

insert into recounted_article
select article_key
from counted_article;

delete from pending_article
where article_key in (select counted_article.article_key from counted_article);

create or replace temp table story_version as
with given as (
    select
        fact.article_key,
        fact.story_key,
        fact.published_at
    from fact_article as fact
    semi join counted_article as counted on fact.article_key = counted.article_key
    inner join dim_article as article on fact.article_key = article.article_key
    where article.is_current
),

story as (
    select story_key
    from given
    union
    select held.story_key
    from counted_version as held
    semi join counted_article as counted on held.article_key = counted.article_key
)

select
    held.article_key,
    held.story_key,
    held.published_at,
    counted.article_key is not null as is_counted,
    true as is_before,
    counted.article_key is null as is_after
from counted_version as held
semi join story on held.story_key = story.story_key
left join counted_article as counted on held.article_key = counted.article_key
union all
select
    given.*,
    true as is_counted,
    false as is_before,
    true as is_after
from given;

insert into counted_date by name
select distinct coalesce(year(published_at) * 10000 + month(published_at) * 100 + day(published_at), -1) as date_key
from story_version
where is_counted;

create or replace temp table wanted_version as
select article_key
from counted_article
anti join added_version on counted_article.article_key = added_version.article_key;
