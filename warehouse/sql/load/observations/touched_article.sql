-- Grain: an article whose versions may change with the observations given.
-- Reads: incoming_observation, same_content. Writes: nothing.

select article_id
from incoming_observation
union
select article_id
from same_content
order by article_id;
