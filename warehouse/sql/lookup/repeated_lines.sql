-- Grain: source_id x line x is_head.
-- Reads: given_edge_line, article_edge_line. Writes: nothing.
-- A line counts once an article and once a content: neither many versions of one article nor one text under many
-- addresses make a line furniture.

with edge_line as (
    select
        given_edge_line.source_id,
        given_edge_line.article_id,
        given_edge_line.content_hash,
        given_edge_line.line,
        given_edge_line.is_head
    from given_edge_line
    union all
    select
        article_edge_line.source_id,
        article_edge_line.article_id,
        article_edge_line.content_hash,
        article_edge_line.line,
        article_edge_line.is_head
    from article_edge_line
),

counted as (
    select
        source_id,
        line,
        is_head,
        least(count(distinct article_id), count(distinct content_hash)) as article_count
    from edge_line
    group by all
)

select
    source_id,
    line,
    is_head,
    article_count
from counted
where article_count >= $min_article_count
order by source_id, line, is_head;
