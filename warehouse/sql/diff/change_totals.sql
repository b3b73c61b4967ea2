-- How many entities and articles changed, by how.
-- Grain: subject (entity, article) x kind.
-- Reads: entity_change, article_change. Writes: nothing.

select
    'entity' as subject,
    kind,
    count(*) as row_count
from entity_change
group by kind
union all
select
    'article' as subject,
    kind,
    count(*) as row_count
from article_change
group by kind
order by subject desc, kind asc;
