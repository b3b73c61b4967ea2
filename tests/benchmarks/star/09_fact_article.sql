-- Grain: a version of an article; a story. Reads: draft. Writes: fact_article, dim_story.

insert into fact_article by name
select
    version.article_key,
    version.source_key,
    version.published_date_key,
    cast(strftime(version.seen_at, '%Y%m%d') as integer) as ingested_date_key,
    make_key('story', version.text_number) as story_key,
    version.published_at,
    coalesce(body.mention_count, 2) * 4 as word_count,
    coalesce(body.mention_count, 0) as mention_count,
    0 as quote_count,
    version.number <> version.text_number as is_duplicate,
    version.is_current as is_current_version,
    'benchmark' as extraction_id,
    make_key('run', cast(cast(version.seen_at as date) as varchar)) as run_key
from draft.version
left join draft.body on version.text_number = body.text_number
order by version.number, version.version;

insert into dim_story by name
select
    fact.story_key,
    max(article.article_id) filter (not fact.is_duplicate) as story_id,
    max(article.headline) filter (not fact.is_duplicate and article.is_current) as headline,
    min(fact.published_at) as first_published_at,
    count(distinct article.article_id) as article_count,
    count(distinct fact.source_key) as source_count
from fact_article as fact
inner join dim_article as article on fact.article_key = article.article_key
group by fact.story_key;
