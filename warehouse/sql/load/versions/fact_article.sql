-- Grain: a version of an article.
-- Reads: version_before, version_after, carried_text, carried_count. Writes: fact_article.
-- A row that says what it said before keeps the run that wrote it; a version keeps the day it was first ingested.

create or replace temp table version_fact as
with joined as (
    select
        after.*,
        before.article_key is not null as is_known,
        coalesce(before.text_hash = after.text_hash, false) as is_same_text,
        coalesce(before.source_key = after.source_key, false)
        and before.published_date_key = after.published_date_key
        and before.published_at is not distinct from after.published_at
        and before.word_count = after.word_count as is_same_fact,
        before.ingested_date_key,
        before.story_key,
        before.mention_count,
        before.quote_count,
        before.is_duplicate,
        before.extraction_id,
        before.run_key,
        carried_text.extraction_id as carried_extraction_id,
        carried_count.mention_count as carried_mention_count
    from version_after as after
    left join version_before as before on after.article_key = before.article_key
    left join carried_text on after.article_key = carried_text.article_key
    left join carried_count on after.article_key = carried_count.article_key
)

select
    article_key,
    source_key,
    published_date_key,
    published_at,
    word_count,
    coalesce(ingested_date_key, $ingested_date_key) as ingested_date_key,
    coalesce(story_key, -1) as story_key,
    case when is_same_text then mention_count else coalesce(carried_mention_count, 0) end as mention_count,
    case when is_same_text then quote_count else 0 end as quote_count,
    coalesce(is_duplicate, false) as is_duplicate,
    case when is_same_text then extraction_id else carried_extraction_id end as extraction_id,
    case when is_same_text and is_same_fact then run_key else $run_key end as run_key
from joined;

delete from fact_article
where article_key in (select version_before.article_key from version_before);

insert into fact_article by name
select * from version_fact;
