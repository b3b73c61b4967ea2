-- Grain: an article whose story may have changed, of those that are linked with others or of a part of the rest.
-- Reads: story_article, storied_version, article_wording, dim_article, fact_article, dim_source, article_body,
-- article_removed_line. Writes: nothing.
-- Who wrote it is asked of those that have copies: only of these is one the original.

with chosen as (
    select article_id
    from story_article
    where
        is_linked = $is_linked
        and row_number > $after_number
        and row_number <= $until_number
),

near_version as (
    select
        chosen.article_id,
        held.article_key
    from chosen
    inner join storied_version as held on chosen.article_id = held.article_id
),

body_end as (
    select
        article_key,
        left(body, $edge_char_count) as opening,
        right(body, $edge_char_count) as closing
    from article_body
    where $is_linked and article_key in (select near_version.article_key from near_version)
),

described as (
    select
        near.article_id,
        min(fact.published_at) as first_published_at,
        list_sort(list(distinct outlet.source_id)) as source_ids,
        list_sort(list(distinct article.author) filter (where article.author is not null)) as authors,
        list_sort(list(distinct article.dateline_agency) filter (where article.dateline_agency is not null))
            as dateline_agencies,
        list_sort(list(distinct body_end.opening) filter (where body_end.article_key is not null)) as openings,
        list_sort(list(distinct body_end.closing) filter (where body_end.article_key is not null)) as closings
    from near_version as near
    inner join dim_article as article on near.article_key = article.article_key
    inner join fact_article as fact on near.article_key = fact.article_key
    left join dim_source as outlet on fact.source_key = outlet.source_key
    left join body_end on near.article_key = body_end.article_key
    group by near.article_id
),

worded as (
    select
        article_wording.article_id,
        list_sort(list(article_wording.wording_key)) as wording_keys
    from chosen
    inner join article_wording on chosen.article_id = article_wording.article_id
    group by article_wording.article_id
),

removed as (
    select
        taken.article_id,
        list_sort(list(distinct taken.line)) as removed_lines
    from article_removed_line as taken
    semi join chosen on taken.article_id = chosen.article_id
    where $is_linked
    group by taken.article_id
)

select
    described.article_id,
    described.first_published_at,
    coalesce(worded.wording_keys, []) as wording_keys,
    described.source_ids,
    coalesce(described.authors, []) as authors,
    coalesce(described.dateline_agencies, []) as dateline_agencies,
    coalesce(described.openings, []) as openings,
    list_concat(coalesce(described.closings, []), coalesce(removed.removed_lines, [])) as closings
from described
left join worded on described.article_id = worded.article_id
left join removed on described.article_id = removed.article_id
order by described.article_id;
