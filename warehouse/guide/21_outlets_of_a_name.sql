-- Which outlets write about Washington, and how much of them is that?
-- The ratio is of what the outlet wrote, so that large and small outlets can be compared.

select
    source_id,
    article_count,
    story_count,
    named_article_count,
    article_ratio
from mart_entity_source
where name = 'Washington' and entity_type = 'GPE'
order by article_ratio desc, source_id asc
