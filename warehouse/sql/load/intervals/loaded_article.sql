-- Grain: an article.
-- Reads: incoming_article. Writes: temporary loaded_article: those that this load reads itself.

create or replace temp table loaded_article as
select distinct article_id
from incoming_article;
