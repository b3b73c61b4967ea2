-- Grain: a version of an article.
-- Reads: version_before, version_after, carried_text, carried_count. Writes: fact_article, pending_article.
-- A row that says what it said before keeps the run that wrote it; a version keeps the day it was first ingested.

create or replace temp table version_fact as
with joined as (
    select
        given.*,
        coalesce(held.text_hash = given.text_hash, false) as is_same_text,
        coalesce(
            (held.source_key, held.published_date_key, held.word_count, held.is_current_version)
            = (given.source_key, given.published_date_key, given.word_count, given.is_current)
            and held.published_at is not distinct from given.published_at,
            false
        ) as is_same_fact,
        held.ingested_date_key,
        held.story_key,
        held.mention_count,
        held.quote_count,
        held.is_duplicate,
        held.extraction_id,
        held.run_key,
        carried_text.extraction_id as carried_extraction_id,
        carried_count.mention_count as carried_mention_count
    from version_after as given
    left join version_before as held on given.article_key = held.article_key
    left join carried_text on given.article_key = carried_text.article_key
    left join carried_count on given.article_key = carried_count.article_key
)

select
    article_key,
    source_key,
    published_date_key,
    published_at,
    word_count,
    is_current as is_current_version,
    coalesce(ingested_date_key, $ingested_date_key) as ingested_date_key,
    coalesce(story_key, -1) as story_key,
    case when is_same_text then mention_count else coalesce(carried_mention_count, 0) end as mention_count,
    case when is_same_text then quote_count else 0 end as quote_count,
    coalesce(is_duplicate, false) as is_duplicate,
    case when is_same_text then extraction_id else carried_extraction_id end as extraction_id,
    case when is_same_text and is_same_fact then run_key else $run_key end as run_key
from joined;

insert into pending_article by name
select article_key from version_before
union
select article_key from version_fact;

delete from fact_article
where article_key in (select version_before.article_key from version_before);

insert into fact_article by name
select * from version_fact;
