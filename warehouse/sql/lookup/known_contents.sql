-- Grain: article_id x content_hash, of those asked for that the warehouse has.
-- Reads: asked_content, article_observation, dim_article, fact_article. Writes: nothing.
-- extraction_id is null unless all versions with the content have their mentions from one and the same extraction.

with observed as (
    select
        observation.article_id,
        observation.content_hash,
        min(observation.text_hash) as text_hash
    from article_observation as observation
    semi join asked_content as asked
        on observation.article_id = asked.article_id and observation.content_hash = asked.content_hash
    group by all
),

extracted as (
    select
        article.article_id,
        article.content_hash,
        case
            when count(*) = count(fact.extraction_id) and count(distinct fact.extraction_id) = 1
                then min(fact.extraction_id)
        end as extraction_id
    from dim_article as article
    semi join asked_content as asked
        on article.article_id = asked.article_id and article.content_hash = asked.content_hash
    inner join fact_article as fact on article.article_key = fact.article_key
    group by all
)

select
    observed.article_id,
    observed.content_hash,
    observed.text_hash,
    extracted.extraction_id
from observed
left join extracted
    on observed.article_id = extracted.article_id and observed.content_hash = extracted.content_hash
order by observed.article_id, observed.content_hash;
