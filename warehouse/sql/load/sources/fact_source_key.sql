-- Grain: a version of an article, and its spans.
-- Reads: former_source, dim_source, dim_article, fact_article. Writes: fact_article.source_key,
-- fact_entity_mention.source_key: the version of the outlet that held when the version of the article was made;
-- pending_article.
-- An outlet that always had its one key has no other that facts could move to: its facts are not looked at.

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
    way.moved_key as source_key
from fact_article as fact
inner join source_move as way on fact.source_key = way.source_key
inner join dim_article as article on fact.article_key = article.article_key
where article.valid_from >= way.valid_from and article.valid_from < way.valid_to;

update fact_article
set source_key = moved_fact.source_key
from moved_fact
where fact_article.article_key = moved_fact.article_key;

insert into pending_article by name
select article_key from moved_fact;

update fact_entity_mention
set source_key = moved_fact.source_key
from moved_fact
where fact_entity_mention.article_key = moved_fact.article_key;
