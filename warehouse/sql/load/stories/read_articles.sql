-- Grain: an article whose story may have changed, of those that are linked with others or of a part of the rest.
-- Reads: story_article, article_wording, dim_article, fact_article, dim_source. Writes: nothing.

with chosen as (
    select article_id
    from story_article
    where
        is_linked = $is_linked
        and row_number > $after_number
        and row_number <= $until_number
),

described as (
    select
        article.article_id,
        min(fact.published_at) as first_published_at,
        list_sort(list(distinct outlet.source_id)) as source_ids,
        list_sort(list(distinct article.author) filter (where article.author is not null)) as authors
    from chosen
    inner join dim_article as article on chosen.article_id = article.article_id
    inner join fact_article as fact on article.article_key = fact.article_key
    left join dim_source as outlet on fact.source_key = outlet.source_key
    group by article.article_id
),

worded as (
    select
        article_wording.article_id,
        list_sort(list(article_wording.wording_key)) as wording_keys
    from chosen
    inner join article_wording on chosen.article_id = article_wording.article_id
    group by article_wording.article_id
)

select
    described.article_id,
    described.first_published_at,
    coalesce(worded.wording_keys, []) as wording_keys,
    described.source_ids,
    coalesce(described.authors, []) as authors
from described
left join worded on described.article_id = worded.article_id
order by described.article_id;
