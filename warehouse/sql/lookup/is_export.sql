-- Grain: one row where the file is what an export wrote; none where it is a warehouse.
-- Reads: dim_article, article_observation. Writes: nothing.
-- An export has the public tables alone: articles, and no sight of any, which every load keeps.

select 1 as is_export
where
    exists (
        select 1 from dim_article
        where article_key > 0
    )
    and not exists (select 1 from article_observation)
