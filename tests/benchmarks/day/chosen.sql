-- The articles of a day, drawn from a star: $article_count of them, read on $day, with other addresses and contents.
-- Grain: an article. Reads: dim_article, fact_article. Writes: temporary chosen, renamed.

create temp table chosen as
with drawn as (
    select article.*, fact.source_key, fact.word_count, fact.published_date_key as former_date_key
    from dim_article as article
    inner join fact_article as fact on article.article_key = fact.article_key
    where article.is_current and article.article_key >= 0
    order by hash(article.article_key, $day)
    limit $article_count
)

select
    drawn.* replace (
        hash(article_key, $day) >> 1 as article_key,
        1 as version,
        concat(article_id, '?', $day) as article_id,
        concat(url, '?', $day) as url,
        concat(ingested_uri, '?', $day) as ingested_uri,
        sha256(concat(content_hash, $day)) as content_hash,
        sha256(concat(text_hash, $day)) as text_hash,
        sha256(concat(raw_hash, $day)) as raw_hash,
        null as modified_at,
        cast($day as timestamp) + to_seconds(cast(hash(article_key) % 40000 as bigint)) as valid_from,
        timestamp '9999-12-31' as valid_to,
        cast($day as timestamp) + to_seconds(40000 + cast(hash(article_key) % 40000 as bigint)) as ingested_at
    ),
    article_key as former_key,
    $day as day_date,
    case when former_date_key > 0 then cast($day as timestamp) + to_seconds(cast(hash(article_key) % 40000 as bigint))
    end as published_at
from drawn;

-- One in two names that one or two stories have is another name on that day.
create temp table renamed as
select total.entity_key
from entity_total as total
where total.story_count <= 2 and hash(total.entity_key, $day) % 2 = 0;
