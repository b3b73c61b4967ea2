-- Grain: an article whose versions may change with the observations given.
-- Reads: incoming_observation, article_observation. Writes: nothing.

select incoming.article_id
from incoming_observation as incoming
union
select known.article_id
from article_observation as known
semi join incoming_observation as incoming
    on known.source_id = incoming.source_id and known.content_hash = incoming.content_hash
where known.content_hash in (select given.content_hash from incoming_observation as given)
order by article_id;
