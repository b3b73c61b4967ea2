-- Grain: an author of a version, in the order of the byline; none where the byline names nobody.
-- Reads: bridge_article_author, dim_author. Writes: nothing.

select
    bridge.position,
    bridge.credited_name,
    bridge.credited_type,
    bridge.weight,
    author.author_id
from bridge_article_author as bridge
inner join dim_author as author on bridge.author_key = author.author_key
where bridge.article_key = $article_key and bridge.author_key >= 0
order by bridge.position;
