-- Protects: an article, with all its versions, is in one story; one article of each story is the original, all of its
-- versions, and the others are duplicates.
-- Returns: the articles in several stories or of which some versions only are duplicates, the stories with none or
-- several originals.

select
    'article' as grain,
    article.article_id as key_found,
    count(distinct fact.story_key) as story_count,
    count(distinct fact.is_duplicate) as judgement_count
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
group by article.article_id
having count(distinct fact.story_key) > 1 or count(distinct fact.is_duplicate) > 1
union all
select
    'story' as grain,
    cast(fact.story_key as varchar) as key_found,
    1 as story_count,
    count(distinct article.article_id) filter (where not fact.is_duplicate) as judgement_count
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
group by fact.story_key
having count(distinct article.article_id) filter (where not fact.is_duplicate) <> 1;
