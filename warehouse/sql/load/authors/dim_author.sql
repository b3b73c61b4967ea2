-- Grain: an author: a name.
-- Reads: changed_author, bridge_article_author, dim_article, incoming_credit, dim_author. Writes: dim_author: the
-- authors of whom a byline came or went; changed_author: all are named.

create or replace temp table near_credit as
with near as (
    select
        author_key,
        article_key,
        credited_name,
        credited_type
    from bridge_article_author
    where
        author_key >= 0
        and author_key in (select changed_author.author_key from changed_author)
)

select
    near.author_key,
    article.article_id,
    near.credited_name,
    near.credited_type
from near
inner join dim_article as article on near.article_key = article.article_key;

create or replace temp table author_name as
with form as (
    select
        author_key,
        credited_name,
        count(distinct article_id) as article_count
    from near_credit
    group by author_key, credited_name
)

select
    author_key,
    credited_name
from form
qualify row_number() over (partition by author_key order by article_count desc, credited_name asc) = 1;

create or replace temp table author_kind as
with form as (
    select
        author_key,
        credited_type,
        count(distinct article_id) as article_count
    from near_credit
    group by author_key, credited_type
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
where author_key >= 0 and author_key in (select changed_author.author_key from changed_author);

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

delete from changed_author;

drop table near_credit;
drop table author_name;
drop table author_kind;
drop table author_identity;
