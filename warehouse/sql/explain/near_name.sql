-- Grain: an article whose id, address or headline is much like the name given, the most alike first.
-- Reads: dim_article. Writes: nothing.

with likeness as (
    select
        article_id,
        greatest(
            jaro_winkler_similarity(article_id, $name),
            jaro_winkler_similarity(external_id, $name),
            if(contains(lower(article_id), lower($name)) or contains(lower(headline), lower($name)), 1.0, 0.0)
        ) as score
    from dim_article
    where article_key >= 0 and is_current
)

select article_id
from likeness
where score >= 0.8
order by score desc, article_id asc
limit $row_limit;
