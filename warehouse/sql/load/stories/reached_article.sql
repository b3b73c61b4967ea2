-- Grain: an article whose story may have changed.
-- Reads: touched_article, dim_article, fact_article. Writes: temporary reached_article: the articles to begin with;
-- article_wording, reached_wording: empty.

create or replace temp table reached_article as
select
    article_id,
    0 as step_number
from dim_article
where article_id in (select touched_article.article_id from touched_article)
union
select
    article.article_id,
    0 as step_number
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
where fact.story_key < 0;

create or replace temp table article_wording (article_id varchar, wording_key bigint);
create or replace temp table reached_wording (wording_key bigint);
