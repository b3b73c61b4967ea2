-- Articles that changed before those that one file only has, in the order of their ids.
-- Grain: as article_change.
-- Reads: article_change. Writes: nothing.

select *
from article_change
order by kind asc, article_id asc
limit $row_limit;
