-- Grain: an article whose story may have changed.
-- Reads: touched_article, touched_wording, dim_article, text_sketch, wording_pair, fact_article. Writes: temporary
-- story_article: with each article that was touched all that it is linked with, directly or through others; temporary
-- former_story: the stories they were in.

create or replace temp table article_wording as
select distinct
    article.article_id,
    sketch.wording_key
from dim_article as article
inner join text_sketch as sketch on article.text_hash = sketch.text_hash
where article.article_key >= 0;

create or replace temp table wording_link as
select
    wording_key_a as from_key,
    wording_key_b as to_key
from wording_pair
where is_copy
union all
select
    wording_key_b as from_key,
    wording_key_a as to_key
from wording_pair
where is_copy
union all
select
    wording_key as from_key,
    wording_key as to_key
from article_wording
group by wording_key
having count(*) > 1;

create or replace temp table linked_article as
select distinct
    holder.article_id,
    neighbour.article_id as linked_id
from wording_link as hop
inner join article_wording as holder on hop.from_key = holder.wording_key
inner join article_wording as neighbour on hop.to_key = neighbour.wording_key
where holder.article_id <> neighbour.article_id;

create or replace temp table story_article as
with recursive touched as (
    select article.article_id
    from dim_article as article
    semi join touched_article on article.article_id = touched_article.article_id
    union
    select holder.article_id
    from article_wording as holder
    semi join touched_wording on holder.wording_key = touched_wording.wording_key
    union
    select article.article_id
    from fact_article as fact
    inner join dim_article as article on fact.article_key = article.article_key
    where fact.story_key < 0
),

reached (article_id) as (
    select article_id
    from touched
    union
    select linked_article.linked_id
    from reached
    inner join linked_article on reached.article_id = linked_article.article_id
),

linked as (
    select distinct article_id
    from linked_article
)

select
    reached.article_id,
    linked.article_id is not null as is_linked,
    row_number() over (order by reached.article_id) as row_number
from reached
left join linked on reached.article_id = linked.article_id;

create or replace temp table former_story as
select distinct fact.story_key
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
semi join story_article on article.article_id = story_article.article_id
where fact.story_key >= 0;

create or replace temp table story_member (
    article_id varchar,
    story_key bigint,
    story_id varchar,
    is_original boolean
);
