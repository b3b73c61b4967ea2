-- Grain: an article that its publisher takes back on the day: $withdrawn_ratio as many as are read.
-- Reads: dim_article. Writes: temporary withdrawn.

create temp table withdrawn as
select
    article_id,
    split_part(url, '/', 3) as source_id,
    external_id,
    'pub_status' as method,
    cast($day as timestamp) as stated_at,
    sha256(concat(raw_hash, $day, 'withdrawn')) as raw_hash,
    concat(ingested_uri, '?withdrawn') as ingested_uri,
    cast($day as timestamp) as ingested_at
from dim_article
where is_current and article_key >= 0
order by hash(article_key, $day, 'withdrawn')
limit cast(round($article_count * $withdrawn_ratio) as bigint);
