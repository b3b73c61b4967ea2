-- Grain: a version of an article of the day. Reads: chosen, dim_article, fact_article. Writes: nothing.

select * exclude (former_published_at)
from chosen
union all by name
select
    former.* replace (
        false as is_current,
        least(former.valid_to, chosen.valid_from) as valid_to
    ),
    fact.source_key,
    fact.word_count,
    fact.published_at
from chosen
inner join dim_article as former on chosen.article_id = former.article_id and chosen.is_corrected
inner join fact_article as fact on former.article_key = fact.article_key;
