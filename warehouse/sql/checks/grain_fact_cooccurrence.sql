-- Protects: a pair of entities once a version of an article, the smaller key first, both named by the version, with its
-- outlet and its day.
-- Returns: the pairs that break it.

select
    pair.article_key,
    pair.entity_key_a,
    pair.entity_key_b,
    count(*) as row_count
from fact_cooccurrence as pair
left join fact_article_entity as one
    on
        pair.article_key = one.article_key
        and pair.entity_key_a = one.entity_key
        and pair.source_key = one.source_key
        and pair.published_date_key = one.published_date_key
left join fact_article_entity as other on pair.article_key = other.article_key and pair.entity_key_b = other.entity_key
group by pair.article_key, pair.entity_key_a, pair.entity_key_b
having
    count(*) > 1
    or pair.entity_key_a >= pair.entity_key_b
    or count(one.entity_key) = 0
    or count(other.entity_key) = 0;
