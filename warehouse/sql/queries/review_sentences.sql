-- Grain: a mention that shows what a name means: of each name asked for the latest stories, one mention each.
-- Reads: asked_name (item_number, observed_key, wanted_count, place), fact_entity_mention, fact_article, dim_article,
-- article_body, dim_source, dim_date. Writes: nothing.
-- A sentence that was reprinted says no more than once: of a story the original, else the first article that has it.

with mentioned as (
    select
        asked.item_number,
        asked.wanted_count,
        asked.place,
        mention.*,
        article.article_id,
        article.headline
    from asked_name as asked
    inner join fact_entity_mention as mention on asked.observed_key = mention.observed_key
    inner join dim_article as article on mention.article_key = article.article_key
    inner join fact_article as fact on mention.article_key = fact.article_key
    where article.is_current
    qualify row_number() over (
        partition by asked.item_number, asked.place, fact.story_key
        order by fact.is_duplicate asc, article.article_id asc, mention.field asc, mention.start_char asc
    ) = 1
),

ranked as (
    select *
    from mentioned
    qualify row_number() over (
        partition by item_number, place order by published_date_key desc, article_id asc
    ) <= wanted_count
)

select
    ranked.item_number,
    ranked.headline,
    outlet.name as source_name,
    calendar.date as published_date,
    ranked.surface_text,
    case when ranked.field = 'headline' then ranked.headline else body.body end as mentioned_in,
    ranked.start_char,
    ranked.end_char
from ranked
inner join article_body as body on ranked.article_key = body.article_key
inner join dim_source as outlet on ranked.source_key = outlet.source_key
left join dim_date as calendar on ranked.published_date_key = calendar.date_key and calendar.date_key > 0
order by ranked.item_number asc, ranked.place asc, ranked.published_date_key desc, ranked.article_id asc;
