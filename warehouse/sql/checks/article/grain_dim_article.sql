-- Protects: a row is a version of an article; one version of each article is the current one.
-- Returns: the keys that are there twice, the articles with none or several current versions.

select
    'article_key' as grain,
    cast(article_key as varchar) as key_found,
    count(*) as row_count
from dim_article
group by article_key
having count(*) > 1
union all
select
    'article_id, version' as grain,
    concat(article_id, ', ', version) as key_found,
    count(*) as row_count
from dim_article
group by article_id, version
having count(*) > 1
union all
select
    'current version' as grain,
    article_id as key_found,
    count_if(is_current) as row_count
from dim_article
where article_key >= 0
group by article_id
having count_if(is_current) <> 1;
