-- Grain: a text that has no sketch yet.
-- Reads: dim_article, article_body, text_sketch. Writes: temporary unsketched_text, numbered; article_key is one of the
-- versions that have it.
-- Every body of a published warehouse has a sketch, so that those are looked at that this connection wrote: they lie
-- behind the watermark. All are where there was no sketch when it was opened, as in a warehouse of earlier code, or
-- where all were discarded since.

create or replace temp table unread_text as
select
    article_key,
    text_hash
from dim_article
where
    article_key in (
        select body.article_key
        from article_body as body
        where
            body.rowid >= case
                when coalesce(getvariable('watermark_text_sketch'), 0) = 0 then 0
                else coalesce(getvariable('watermark_article_body'), 0)
            end
    );

create or replace temp table unsketched_text as
select
    text_hash,
    min(article_key) as article_key,
    row_number() over (order by text_hash) as text_number
from unread_text
anti join text_sketch as known on unread_text.text_hash = known.text_hash
group by text_hash;

drop table unread_text;
