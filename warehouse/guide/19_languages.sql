-- In which languages are the articles?
-- Names are looked for in the languages of the model alone: others are in no count of names.

select
    article.language_code,
    count(*) as article_count,
    count(distinct fact.story_key) as story_count
from dim_article as article
inner join fact_article as fact on article.article_key = fact.article_key
where fact.is_current_version
group by article.language_code
order by article_count desc
