-- The articles of a day, drawn from a star: $article_count of them, read on $day, with other addresses and contents; of
-- $corrected_ratio of them the address is the same, and the content a new version of the article.
-- Grain: an article. Reads: dim_article, fact_article. Writes: temporary chosen, renamed.

create temp table chosen as
with drawn as (
    select
        article.*,
        fact.source_key,
        fact.word_count,
        fact.published_at as former_published_at,
        hash(article.article_key, $day, 'corrected') % 10000 < 10000 * $corrected_ratio as is_corrected
    from dim_article as article
    inner join fact_article as fact on article.article_key = fact.article_key
    where article.is_current and article.article_key >= 0
    order by hash(article.article_key, $day)
    limit $article_count
)

select
    drawn.* replace (
        hash(article_key, $day) >> 1 as article_key,
        case when is_corrected then version + 1 else 1 end as version,
        case when is_corrected then article_id else concat(article_id, '?', $day) end as article_id,
        case when is_corrected then url else concat(url, '?', $day) end as url,
        case when is_corrected then ingested_uri else concat(ingested_uri, '?', $day) end as ingested_uri,
        sha256(concat(content_hash, $day)) as content_hash,
        sha256(concat(text_hash, $day)) as text_hash,
        sha256(concat(raw_hash, $day)) as raw_hash,
        case when is_corrected then cast($day as timestamp) end as modified_at,
        cast($day as timestamp) + to_seconds(cast(hash(article_key) % 40000 as bigint)) as valid_from,
        timestamp '9999-12-31' as valid_to,
        cast($day as timestamp) + to_seconds(40000 + cast(hash(article_key) % 40000 as bigint)) as ingested_at
    ),
    article_key as former_key,
    $day as day_date,
    case
        when is_corrected then former_published_at
        when former_published_at is not null
            then cast($day as timestamp) + to_seconds(cast(hash(article_key) % 40000 as bigint))
    end as published_at
from drawn;

create temp macro move_on(consonants, name, places) as translate(
    name,
    concat(consonants, upper(consonants)),
    concat(
        substr(consonants, places + 1), substr(consonants, 1, places),
        upper(concat(substr(consonants, places + 1), substr(consonants, 1, places)))
    )
);

create temp macro another_name(name, day) as concat(
    move_on('bdfgjklmnprstvz', name, cast(1 + epoch(cast(day as timestamp)) // 86400 % 14 as bigint)), 'y'
);

-- One in two names that one or two stories have is another name on that day.
create temp table renamed as
select total.entity_key
from entity_total as total
where total.story_count <= 2 and hash(total.entity_key, $day) % 2 = 0;
