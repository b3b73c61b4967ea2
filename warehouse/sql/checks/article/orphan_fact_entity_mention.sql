-- Protects: every key of fact_entity_mention leads to a row, and says of outlet and day what fact_article says.
-- Returns: the rows and the key that leads nowhere or elsewhere.

select
    mention.article_key,
    mention.field,
    mention.start_char,
    case
        when article.article_key is null then 'article_key'
        when entity.entity_key is null then 'entity_key'
        when run.run_key is null then 'run_key'
        when mention.source_key <> article.source_key then 'source_key'
        else 'published_date_key'
    end as key_name
from fact_entity_mention as mention
left join fact_article as article on mention.article_key = article.article_key
left join dim_entity as entity on mention.entity_key = entity.entity_key
left join dim_run as run on mention.run_key = run.run_key
where
    article.article_key is null
    or entity.entity_key is null
    or run.run_key is null
    or mention.source_key is distinct from article.source_key
    or mention.published_date_key is distinct from article.published_date_key;
