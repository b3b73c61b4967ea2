-- Protects: a row of dim_story is a story, by its key and by its id.
-- Returns: the keys and ids that are there twice.

select
    'story_key' as grain,
    cast(story_key as varchar) as key_found,
    count(*) as row_count
from dim_story
group by story_key
having count(*) > 1
union all
select
    'story_id' as grain,
    story_id as key_found,
    count(*) as row_count
from dim_story
group by story_id
having count(*) > 1;
