-- Grain: two entities that two articles name, or more.
-- Reads: pair_total, entity_total, dim_entity, dim_date, source_day_total. Defines: mart_cooccurrence.
-- NPMI: Bouma, Normalized (Pointwise) Mutual Information in Collocation Extraction, GSCL 2009:
-- ln(p(a,b) / (p(a) p(b))) / -ln(p(a,b)), where p is the share of the articles that name anybody. Where all of them
-- name both it is 1, its limit.

create or replace view mart_cooccurrence as
with read_article as (
    select cast(sum(named_article_count) as integer) as named_article_count
    from source_day_total
)

select
    one.entity_key as entity_key_a,
    one.name as name_a,
    one.entity_type as entity_type_a,
    other.entity_key as entity_key_b,
    other.name as name_b,
    other.entity_type as entity_type_b,
    pair.article_count,
    pair.story_count,
    pair.sentence_count,
    total_one.article_count as article_count_a,
    total_other.article_count as article_count_b,
    case
        when pair.article_count = corpus.named_article_count then 1.0
        else
            ln(
                cast(pair.article_count as double)
                * corpus.named_article_count
                / (cast(total_one.article_count as double) * total_other.article_count)
            )
            / -ln(pair.article_count / corpus.named_article_count)
    end as npmi_ratio,
    first_day.date as first_date,
    last_day.date as last_date
from pair_total as pair
inner join dim_entity as one on pair.entity_key_a = one.entity_key
inner join dim_entity as other on pair.entity_key_b = other.entity_key
inner join entity_total as total_one on pair.entity_key_a = total_one.entity_key
inner join entity_total as total_other on pair.entity_key_b = total_other.entity_key
inner join dim_date as first_day on pair.first_date_key = first_day.date_key
inner join dim_date as last_day on pair.last_date_key = last_day.date_key
cross join read_article as corpus
where not one.is_hidden and not other.is_hidden;

comment on view mart_cooccurrence is
'Two entities that two articles name, or more, each pair once (entity_key_a < entity_key_b); pairs that met in one '
'article: fact_cooccurrence. Both ways round: companions(name)';
comment on column mart_cooccurrence.entity_key_a is 'The entity with the smaller key: dim_entity';
comment on column mart_cooccurrence.name_a is 'Its name';
comment on column mart_cooccurrence.entity_type_a is 'Its type, such as PERSON, ORG, GPE';
comment on column mart_cooccurrence.entity_key_b is 'The other: dim_entity';
comment on column mart_cooccurrence.name_b is 'Its name';
comment on column mart_cooccurrence.entity_type_b is 'Its type';
comment on column mart_cooccurrence.article_count is 'Articles whose current version names both';
comment on column mart_cooccurrence.story_count is 'Stories these are of: copies of one article count once';
comment on column mart_cooccurrence.sentence_count is 'Sentences of these that name both';
comment on column mart_cooccurrence.article_count_a is 'Articles whose current version names the first';
comment on column mart_cooccurrence.article_count_b is 'Articles whose current version names the second';
comment on column mart_cooccurrence.npmi_ratio is
'Normalized pointwise mutual information, -1 to 1: 0 they meet as often as by chance, 1 never one without the other. '
'High for rare names by nature: ask for some story_count too';
comment on column mart_cooccurrence.first_date is 'Day (UTC) the first of these was published; null when undated';
comment on column mart_cooccurrence.last_date is 'Day (UTC) the last of these was published; null when undated';
