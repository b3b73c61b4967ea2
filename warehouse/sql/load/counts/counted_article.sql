-- Grain: a version of an article that is counted now.
-- Reads: pending_article. Writes: temporary counted_article: the next $article_count; pending_article: without them.

create or replace temp table counted_article as
select distinct article_key
from pending_article
order by article_key
limit $article_count;

delete from pending_article
where article_key in (select counted_article.article_key from counted_article);
