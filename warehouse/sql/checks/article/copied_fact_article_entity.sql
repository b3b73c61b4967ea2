-- Protects: what fact_article_entity says of a version besides its names is what fact_article says.
-- Returns: the rows that say something else.

select
    held.article_key,
    held.entity_key
from fact_article_entity as held
inner join fact_article as fact on held.article_key = fact.article_key
where
    (held.source_key, held.published_date_key, held.story_key, held.is_current_version, held.is_duplicate)
    <> (fact.source_key, fact.published_date_key, fact.story_key, fact.is_current_version, fact.is_duplicate);
