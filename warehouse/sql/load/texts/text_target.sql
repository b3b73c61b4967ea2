-- Grain: a version of an article that has one of the texts given, and not yet what this extraction read from it.
-- Reads: incoming_text, dim_article, fact_article. Writes: temporary text_target. Mentions are tied to it by the number
-- of their text in the frames given, which costs a third of what its hash does.

create or replace temp table text_target as
select
    article.article_id,
    incoming.text_number,
    fact.article_key,
    fact.source_key,
    fact.published_date_key,
    fact.mention_count > 0 as has_mentions
from dim_article as article
inner join incoming_text as incoming on article.text_hash = incoming.text_hash
inner join fact_article as fact on article.article_key = fact.article_key
where fact.extraction_id is distinct from $extraction_id;
