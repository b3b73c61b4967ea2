-- Grain: a version of an article.
-- Reads: incoming_version. Writes: dim_article: all versions of the articles given.

delete from dim_article
where article_id in (select incoming_version.article_id from incoming_version);

insert into dim_article by name
select * exclude (source_key, word_count, published_at)
from incoming_version;
