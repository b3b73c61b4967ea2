-- Grain: a version of an article in which mentions came or went, by whom they name.
-- Reads: mention_change, named_change, added_version, dim_article. Writes: temporary near_version; is_former: the
-- article was there before this connection, so that mentions of it may lie before the watermark; wanted_version: these.

create or replace temp table near_version as
with changed as (
    select article_id
    from mention_change
    union
    select article_id
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

create or replace temp table wanted_version as
select article_key
from near_version
where is_former;
