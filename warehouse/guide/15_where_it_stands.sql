-- Where exactly is a name, in which words?
-- Offsets count from 0, the end is exclusive; in SQL substr counts from 1.

select
    article.headline,
    mention.sentence_number,
    substr(body.body, mention.start_char + 1, mention.end_char - mention.start_char) as words,
    mention.resolution_rule
from fact_entity_mention as mention
inner join dim_entity as entity on mention.entity_key = entity.entity_key
inner join dim_article as article on mention.article_key = article.article_key
inner join article_body as body on mention.article_key = body.article_key
where entity.name = 'India' and mention.field = 'body' and article.is_current
order by article.headline, mention.start_char
