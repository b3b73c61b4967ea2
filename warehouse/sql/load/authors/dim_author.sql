-- Grain: an author: a name.
-- Reads: bridge_article_author, dim_article, incoming_credit, dim_author. Writes: dim_author, all but the special
-- members.

create or replace temp table author_name as
with form as (
    select
        bridge.author_key,
        bridge.credited_name,
        count(distinct article.article_id) as article_count
    from bridge_article_author as bridge
    inner join dim_article as article on bridge.article_key = article.article_key
    where bridge.author_key >= 0
    group by all
)

select
    author_key,
    credited_name
from form
qualify row_number() over (partition by author_key order by article_count desc, credited_name asc) = 1;

create or replace temp table author_kind as
with form as (
    select
        bridge.author_key,
        bridge.credited_type,
        count(distinct article.article_id) as article_count
    from bridge_article_author as bridge
    inner join dim_article as article on bridge.article_key = article.article_key
    where bridge.author_key >= 0
    group by all
)

select
    author_key,
    credited_type as author_type
from form
qualify row_number() over (partition by author_key order by article_count desc, credited_type asc) = 1;

create or replace temp table author_identity as
select
    author_key,
    author_id
from dim_author
where author_key >= 0
union
select
    author_key,
    author_id
from incoming_credit;

delete from dim_author
where author_key >= 0;

insert into dim_author (author_key, author_id, name, author_type)
select
    author_name.author_key,
    author_identity.author_id,
    author_name.credited_name,
    author_kind.author_type
from author_name
inner join author_kind on author_name.author_key = author_kind.author_key
inner join author_identity on author_name.author_key = author_identity.author_key
order by author_name.author_key;
