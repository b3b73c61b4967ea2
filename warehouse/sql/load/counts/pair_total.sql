-- Grain: two entities that the current versions of two articles name, or more.
-- Reads: changed_pair, fact_cooccurrence, fact_article, dim_article. Writes: pair_total, of the pairs that changed.
-- Most pairs meet once, and one meeting tells nothing: they would make the table four times as large.

create or replace temp table recounted_pair as
select distinct
    entity_key_a,
    entity_key_b
from changed_pair;

delete from pair_total
using recounted_pair
where
    pair_total.entity_key_a = recounted_pair.entity_key_a
    and pair_total.entity_key_b = recounted_pair.entity_key_b;

insert into pair_total by name
with met as (
    select
        held.entity_key_a,
        held.entity_key_b,
        held.sentence_count,
        nullif(held.published_date_key, -1) as date_key,
        fact.story_key
    from fact_cooccurrence as held
    semi join recounted_pair as recounted
        on held.entity_key_a = recounted.entity_key_a and held.entity_key_b = recounted.entity_key_b
    inner join fact_article as fact on held.article_key = fact.article_key
    inner join dim_article as article on held.article_key = article.article_key
    where article.is_current
)

select
    entity_key_a,
    entity_key_b,
    count(*) as article_count,
    count(distinct story_key) as story_count,
    sum(sentence_count) as sentence_count,
    coalesce(min(date_key), -1) as first_date_key,
    coalesce(max(date_key), -1) as last_date_key
from met
group by entity_key_a, entity_key_b
having count(*) > 1
order by entity_key_a, entity_key_b;

drop table recounted_pair;
