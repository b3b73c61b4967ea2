-- Grain: a version x two entities; two entities that two articles name, or more. Reads: draft. Writes:
-- fact_cooccurrence, pair_total: one part of each, the pairs whose first entity is one of a sixteenth, in the order of
-- that entity and day. A text and its copies are one story.

create temp table part_pair as
select
    one.text_number,
    one.entity_key as entity_key_a,
    other.entity_key as entity_key_b,
    cast(bit_count(one.sentence_bits & other.sentence_bits) as integer) as sentence_count
from draft.paired as one
inner join draft.paired as other on one.text_number = other.text_number and one.entity_key < other.entity_key
where one.entity_key >> 59 = $part;

insert into fact_cooccurrence by name
select
    version.article_key,
    pair.entity_key_a,
    pair.entity_key_b,
    version.source_key,
    version.published_date_key,
    pair.sentence_count
from part_pair as pair
inner join draft.version on pair.text_number = version.text_number
order by pair.entity_key_a, version.published_date_key, version.article_key, pair.entity_key_b;

insert into pair_total by name
with printed as (
    select
        text_number,
        count(*) as article_count,
        min(published_date_key) filter (published_date_key > 0) as first_date_key,
        max(published_date_key) filter (published_date_key > 0) as last_date_key
    from draft.article
    group by text_number
)

select
    pair.entity_key_a,
    pair.entity_key_b,
    sum(printed.article_count) as article_count,
    count(*) as story_count,
    sum(pair.sentence_count * printed.article_count) as sentence_count,
    coalesce(min(printed.first_date_key), -1) as first_date_key,
    coalesce(max(printed.last_date_key), -1) as last_date_key
from part_pair as pair
inner join printed on pair.text_number = printed.text_number
group by pair.entity_key_a, pair.entity_key_b
having sum(printed.article_count) > 1
order by pair.entity_key_a, pair.entity_key_b;

drop table part_pair;
