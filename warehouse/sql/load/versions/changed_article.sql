-- Grain: an article, as often as its versions were loaded, x an outlet that it was of.
-- Reads: incoming_version, dim_article, fact_article, dim_source. Writes: temporary changed_article: the days of these
-- articles have to be judged anew (sql/load/expectations).

insert into changed_article
select distinct
    incoming.article_id,
    outlet.source_id
from incoming_version as incoming
left join dim_article as held on incoming.article_id = held.article_id
left join fact_article as fact on held.article_key = fact.article_key
left join dim_source as outlet on fact.source_key = outlet.source_key;
