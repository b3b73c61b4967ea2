-- Grain: a byline of versions that are not in the bridge.
-- Reads: dim_article, bridge_article_author. Writes: nothing.

select distinct
    article.author,
    article.author_types
from dim_article as article
anti join bridge_article_author as bridge on article.article_key = bridge.article_key
where
    article.article_key >= 0
    and article.rowid >= coalesce(getvariable('watermark_byline'), 0)
    and article.author is not null
order by article.author, article.author_types;
