-- Protects: a version of an article has a row for every two entities it names, and no other. With n entities there are
-- n * (n - 1) / 2 pairs, in which each entity is n - 1 times: so the hashes of their keys add up to n - 1 times those
-- of the entities; and so do the pairs that meet in a sentence. Of more than 150 entities 150 are paired, which are
-- counted only. (A join of every pair with its entities would take five times as long.)
-- Returns: the versions for which it does not add up.

with named as (
    select
        article_key,
        least(count(*), 150) as entity_count,
        count(*) > 150 as is_cut,
        sum(hash(entity_key)) as hash_sum
    from fact_article_entity
    group by article_key
),

sentence as (
    select
        article_key,
        count(distinct entity_key) as entity_count
    from fact_entity_mention
    where entity_key >= 0
    group by article_key, sentence_number
),

met as (
    select
        article_key,
        sum(entity_count * (entity_count - 1) // 2) as sentence_count
    from sentence
    group by article_key
),

paired as (
    select
        article_key,
        count(*) as pair_count,
        sum(sentence_count) as sentence_count,
        sum(hash(entity_key_a)) + sum(hash(entity_key_b)) as hash_sum
    from fact_cooccurrence
    group by article_key
)

select
    coalesce(named.article_key, paired.article_key) as article_key,
    named.entity_count,
    paired.pair_count,
    paired.sentence_count
from named
full join paired on named.article_key = paired.article_key
left join met on named.article_key = met.article_key
where
    coalesce(named.entity_count * (named.entity_count - 1) // 2, 0) <> coalesce(paired.pair_count, 0)
    or (
        not named.is_cut
        and (
            coalesce(met.sentence_count, 0) <> coalesce(paired.sentence_count, 0)
            or (named.entity_count - 1) * named.hash_sum <> coalesce(paired.hash_sum, 0)
        )
    );
