-- Grain: an outlet x a rule by which lines were taken out of its articles, the most frequent first.
-- Reads: article_removed_line, dim_article, fact_article, dim_source. Writes: nothing.
-- Of all outlets where source_id is null. The example is the line that the rule took off most often there.

with content as (
    select distinct
        article.article_id,
        article.content_hash,
        outlet.source_id,
        outlet.name as source_name
    from dim_article as article
    inner join fact_article as fact on article.article_key = fact.article_key
    inner join dim_source as outlet on fact.source_key = outlet.source_key
    where $source is null or lower($source) in (lower(outlet.source_id), lower(outlet.name))
),

line_count as (
    select
        content.source_id,
        content.source_name,
        removed.rule,
        removed.line,
        count(*) as removed_count,
        list(distinct removed.article_id) as article_ids
    from article_removed_line as removed
    inner join content on removed.article_id = content.article_id and removed.content_hash = content.content_hash
    group by all
)

select
    source_id,
    any_value(source_name) as source_name,
    rule,
    cast(sum(removed_count) as bigint) as removed_count,
    len(list_distinct(flatten(list(article_ids)))) as article_count,
    max_by(line, (removed_count, line)) as example_line
from line_count
group by source_id, rule
order by source_id asc, removed_count desc, rule asc;
