-- Which articles name both Russia and Saudi Arabia?
-- A reprint is an article of its own: count the distinct story_key for stories.

select
    published_date,
    source_name,
    headline,
    sentence_count
from co_mentions('Russia', 'Saudi Arabia')
