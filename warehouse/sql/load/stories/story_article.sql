-- Grain: an article whose story may have changed.
-- Reads: reached_article, article_wording, wording_pair, added_version, dim_article, fact_article. Writes: temporary
-- story_article: with each article that was touched all that it is linked with, directly or through others;
-- storied_version: their versions; former_story: the stories they were in.

create or replace temp table story_article as
with link as (
    select
        wording_key_a as from_key,
        wording_key_b as to_key
    from wording_pair
    where is_copy and wording_key_a in (select article_wording.wording_key from article_wording)
    union all
    select
        wording_key_b as from_key,
        wording_key_a as to_key
    from wording_pair
    where is_copy and wording_key_b in (select article_wording.wording_key from article_wording)
    union all
    select
        wording_key as from_key,
        wording_key as to_key
    from article_wording
    group by wording_key
    having count(*) > 1
),

linked as (
    select distinct holder.article_id
    from link as hop
    inner join article_wording as holder on hop.from_key = holder.wording_key
    inner join article_wording as neighbour on hop.to_key = neighbour.wording_key
    where holder.article_id <> neighbour.article_id
)

select
    reached.article_id,
    linked.article_id is not null as is_linked,
    row_number() over (order by reached.article_id) as row_number
from reached_article as reached
left join linked on reached.article_id = linked.article_id;

create or replace temp table storied_version as
select
    article_id,
    article_key
from dim_article
where
    rowid >= coalesce(getvariable('watermark_dim_article'), 0)
    and article_id in (select story_article.article_id from story_article)
union all
select
    article_id,
    article_key
from dim_article
where
    rowid < coalesce(getvariable('watermark_dim_article'), 0)
    and article_id in (
        select story_article.article_id
        from story_article
        anti join added_version on story_article.article_id = added_version.article_id
    );

create or replace temp table former_story as
select distinct story_key
from fact_article
where article_key in (select storied_version.article_key from storied_version) and story_key >= 0;

create or replace temp table story_member (
    article_id varchar,
    story_key bigint,
    story_id varchar,
    is_original boolean
);
