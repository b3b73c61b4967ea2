-- Protects: of a pair of entities the smaller key comes first, and the pair has the outlet and the day of its version.
-- That no pair is there twice, or for a version that does not name both: accounting_fact_cooccurrence.
-- Returns: the pairs that break it.

select
    pair.article_key,
    pair.entity_key_a,
    pair.entity_key_b
from fact_cooccurrence as pair
left join fact_article as fact on pair.article_key = fact.article_key
where
    pair.entity_key_a >= pair.entity_key_b
    or pair.source_key is distinct from fact.source_key
    or pair.published_date_key is distinct from fact.published_date_key;
