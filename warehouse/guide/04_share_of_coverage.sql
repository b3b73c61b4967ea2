-- How much of what each outlet wrote in two years was about Russia?
-- The denominator is the articles that name anybody, of the same outlet and days; undated articles are in neither.

select
    source_id,
    article_count,
    named_article_count,
    round(article_ratio, 3) as article_ratio
from coverage_share('Russia', '2022-01-01', '2023-12-31')
