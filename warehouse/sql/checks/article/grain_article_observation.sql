-- Protects: a row is a sight of an article; all sights of a source's content agree on its text.
-- Returns: the sights that are there twice, the contents with several texts.

select
    'observation' as grain,
    article_id as key_found,
    count(*) as row_count
from article_observation
group by
    article_id,
    content_hash,
    published_at,
    modified_at,
    case when modified_at is null then ingested_at end
having count(*) > 1
union all
select
    'text of a content' as grain,
    concat(source_id, ', ', content_hash) as key_found,
    count(distinct text_hash) as row_count
from article_observation
group by source_id, content_hash
having count(distinct text_hash) > 1;
