-- On which days was an entity in the news?
-- Days without an article have no row (see 13). The ratio is of the articles of that day that name anybody.

select
    date,
    article_count,
    story_count,
    mention_count,
    article_ratio
from mart_entity_daily
where name = 'Russia'
order by date
