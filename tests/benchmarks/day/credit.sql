-- Grain: an author of a byline. Reads: chosen, bridge_article_author, dim_author. Writes: nothing.

select distinct
    chosen.author,
    chosen.author_types,
    author.author_key,
    author.author_id,
    bridge.credited_name as name,
    author.author_type,
    bridge.position,
    bridge.weight
from chosen
inner join bridge_article_author as bridge on chosen.former_key = bridge.article_key
inner join dim_author as author on bridge.author_key = author.author_key
where chosen.author is not null and author.author_key >= 0;
