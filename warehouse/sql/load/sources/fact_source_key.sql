-- Grain: a version of an article, and its spans.
-- Reads: former_source, dim_source, dim_article, fact_article. Writes: fact_article.source_key,
-- fact_entity_mention.source_key: the version of the outlet that held when the version of the article was made;
-- pending_article.

create or replace temp table moved_fact as
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
    fact.article_key,
    outlet.source_key
from fact_article as fact
inner join owner on fact.source_key = owner.source_key
inner join dim_article as article on fact.article_key = article.article_key
inner join dim_source as outlet
    on
        owner.source_id = outlet.source_id
        and article.valid_from >= outlet.valid_from
        and article.valid_from < outlet.valid_to
where fact.source_key <> outlet.source_key;

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
