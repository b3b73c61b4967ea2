-- Grain: a version of an article that belongs to another version of its outlet now.
-- Reads: former_source, dim_source, dim_article, fact_article, added_version, pending_article. Writes: temporary
-- moved_fact: its source_key is that of the version of the outlet that held when the version of the article was made;
-- is_settled: it does not wait to be counted, so that its rows among the counts have to follow; recounted_article: with
-- these, so that they are checked.
-- An outlet that always had its one key has no other that facts could move to: its facts are not looked at.

create temp table if not exists added_version (article_id varchar, article_key bigint);
create temp table if not exists recounted_article (article_key bigint);

create or replace temp table source_move as
with owner as (
    select
        source_key,
        source_id
    from former_source
    union
    select
        source_key,
        source_id
    from dim_source
    where source_key >= 0
)

select
    owner.source_key,
    outlet.source_key as moved_key,
    outlet.valid_from,
    outlet.valid_to
from owner
inner join dim_source as outlet on owner.source_id = outlet.source_id
where owner.source_key <> outlet.source_key;

create or replace temp table moved_fact as
select
    fact.article_key,
    way.moved_key as source_key,
    fact.article_key in (select added_version.article_key from added_version) as is_added,
    fact.article_key not in (select pending_article.article_key from pending_article) as is_settled
from fact_article as fact
inner join source_move as way on fact.source_key = way.source_key
inner join dim_article as article on fact.article_key = article.article_key
where article.valid_from >= way.valid_from and article.valid_from < way.valid_to;

insert into recounted_article
select article_key
from moved_fact
where is_settled;

drop table source_move;
