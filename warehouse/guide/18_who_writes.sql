-- Who writes how much?
-- weight shares an article among its authors; without it two authors make two articles.

select
    author.name,
    sum(bridge.weight) as article_count
from bridge_article_author as bridge
inner join dim_author as author on bridge.author_key = author.author_key
inner join fact_article as fact on bridge.article_key = fact.article_key
where fact.is_current_version and author.author_type = 'person'
group by author.name
order by article_count desc, author.name asc
