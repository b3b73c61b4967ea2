-- Grain: an article. Reads: chosen. Writes: nothing.

select
    chosen.*,
    split_part(url, '/', 3) as source_id,
    'text/html' as media_type,
    'html' as reader,
    null as ingested_final_uri,
    null as ingested_offset
from chosen;
