-- Which story was printed by most outlets?
-- A story is one text and its copies, not a topic: two reports of one event are two stories.

select
    headline,
    article_count,
    source_count,
    original_source_name
from mart_story
where source_count > 1
order by source_count desc, headline asc
