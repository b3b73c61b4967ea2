-- Protects: fact_article.mention_count is the number of mentions.
-- Returns: the versions that count wrongly.

select
    fact.article_key,
    fact.mention_count,
    count(mention.article_key) as row_count
from fact_article as fact
left join fact_entity_mention as mention on fact.article_key = mention.article_key
group by fact.article_key, fact.mention_count
having fact.mention_count <> count(mention.article_key);
