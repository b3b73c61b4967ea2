-- Grain: article x author.
-- Reads: incoming_credit, dim_article. Writes: bridge_article_author: the versions that are not there yet; temporary
-- changed_author.

create temp table if not exists changed_author (author_key bigint);

create or replace temp table new_credit as
with unread as (
    select
        article.article_key,
        article.author,
        article.author_types
    from dim_article as article
    anti join bridge_article_author as bridge on article.article_key = bridge.article_key
    where article.article_key >= 0 and article.rowid >= coalesce(getvariable('watermark_byline'), 0)
),

credited as (
    select
        unread.article_key,
        credit.author_key,
        credit.position as byline_position,
        credit.weight,
        credit.name as credited_name,
        credit.author_type as credited_type
    from unread
    inner join incoming_credit as credit
        on unread.author = credit.author and unread.author_types is not distinct from credit.author_types
),

without_author as (
    select
        unread.article_key,
        -1 as author_key,
        cast(1 as integer) as byline_position,
        1.0 as weight,
        '(unknown)' as credited_name,
        '(unknown)' as credited_type
    from unread
    anti join credited on unread.article_key = credited.article_key
)

select * from credited
union all
select * from without_author;

insert into changed_author
select distinct author_key
from new_credit;

insert into bridge_article_author (article_key, author_key, position, weight, credited_name, credited_type)
select *
from new_credit
order by article_key, byline_position;

drop table new_credit;
