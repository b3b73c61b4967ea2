-- Grain: a sight of an article whose stored body begins or ends with one of the lines of its source.
-- Reads: repeated_line, article_observation, dim_article, article_body. Writes: nothing.
-- Versions of an article with the same content have the same body: one of them stands for all.

with content as (
    select
        article.article_id,
        article.content_hash,
        min(article.article_key) as article_key
    from dim_article as article
    group by all
),

edged as (
    select
        content.article_id,
        content.content_hash,
        article_body.body,
        split_part(article_body.body, e'\n\n', 1) as first_line,
        split_part(article_body.body, e'\n\n', -1) as last_line
    from content
    inner join article_body on content.article_key = article_body.article_key
)

select
    observation.*,
    edged.body
from article_observation as observation
inner join edged
    on observation.article_id = edged.article_id and observation.content_hash = edged.content_hash
where
    exists (
        select 1
        from repeated_line
        where
            repeated_line.source_id = observation.source_id
            and repeated_line.is_head
            and repeated_line.line = edged.first_line
    )
    or exists (
        select 1
        from repeated_line
        where
            repeated_line.source_id = observation.source_id
            and not repeated_line.is_head
            and repeated_line.line = edged.last_line
    )
order by
    observation.article_id,
    observation.content_hash,
    observation.published_at,
    observation.modified_at,
    observation.ingested_at,
    observation.ingested_uri;
