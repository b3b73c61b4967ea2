-- Grain: a version of an article in which mentions came or went, by whom they name.
-- Reads: named_change, added_version, dim_article. Writes: temporary near_version; is_former: the article was there
-- before this connection, so that mentions of it may lie before the watermark.

create or replace temp table near_version as
with changed as (
    select distinct article_id
    from named_change
)

select
    added_version.article_id,
    added_version.article_key,
    false as is_former
from added_version
semi join changed on added_version.article_id = changed.article_id
union all
select
    article.article_id,
    article.article_key,
    true as is_former
from dim_article as article
where
    article.article_id in (
        select changed.article_id
        from changed
        anti join added_version on changed.article_id = added_version.article_id
    );
