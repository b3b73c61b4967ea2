-- Protects: a version of an article has a row for every two entities it names, and the sentences of its pairs add up:
-- in a sentence that names n entities n * (n - 1) / 2 pairs meet. Of more than 150 entities 150 are paired, and their
-- sentences are not added up.
-- Returns: the versions for which they do not.

with sentence as (
    select
        article_key,
        sentence_number,
        count(distinct entity_key) as entity_count
    from fact_entity_mention
    where entity_key >= 0
    group by article_key, sentence_number
),

expected as (
    select
        named.article_key,
        least(count(*), 150) as entity_count,
        count(*) > 150 as is_cut
    from fact_article_entity as named
    group by named.article_key
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
        sum(sentence_count) as sentence_count
    from fact_cooccurrence
    group by article_key
)

select
    coalesce(expected.article_key, paired.article_key) as article_key,
    expected.entity_count,
    paired.pair_count,
    paired.sentence_count
from expected
full join paired on expected.article_key = paired.article_key
left join met on expected.article_key = met.article_key
where
    coalesce(expected.entity_count, 0) * (coalesce(expected.entity_count, 0) - 1) // 2 <> coalesce(paired.pair_count, 0)
    or (not expected.is_cut and coalesce(met.sentence_count, 0) <> coalesce(paired.sentence_count, 0));
