-- Which places are named in the same articles as Finland, and how close to it?
-- In one article is not in one sentence: sentence_count tells. The headline is a sentence.

select
    name,
    article_count,
    sentence_count
from companions('Finland')
where entity_type = 'GPE'
order by sentence_count desc, name asc
