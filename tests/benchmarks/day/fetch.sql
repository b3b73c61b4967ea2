-- Grain: an address that was asked for. Reads: chosen. Writes: nothing.

select
    split_part(url, '/', 3) as source_id,
    'page' as kind,
    url,
    null as parent_url,
    'fetched' as outcome,
    null as reason,
    null as detail,
    null as entry_count,
    raw_hash,
    ingested_at as fetched_at
from chosen;
