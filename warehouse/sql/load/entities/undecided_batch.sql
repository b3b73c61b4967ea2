-- Grain: as undecided_pair.
-- Reads: undecided_pair, observed_entity. Writes: temporary undecided_batch, numbered in batches of askers: some
-- $batch_article_count articles in each of the names whose company is wanted, with $is_whole of all, all pairs of an
-- asker in the same; undecided_pair: it is empty.

create or replace temp table undecided_batch as
with wanted as (
    select
        observed_key,
        candidate_key
    from undecided_pair
    where is_wanted or $is_whole
),

named as (
    select
        observed_key,
        article_count
    from observed_entity
    where
        observed_key in (
            select wanted.observed_key from wanted
            union
            select wanted.candidate_key from wanted
        )
),

effort as (
    select
        pair.observed_key,
        min(asker.article_count) + sum(candidate.article_count) as article_count
    from wanted as pair
    inner join named as asker on pair.observed_key = asker.observed_key
    inner join named as candidate on pair.candidate_key = candidate.observed_key
    group by pair.observed_key
),

numbered as (
    select
        observed_key,
        sum(article_count) over (order by observed_key) // $batch_article_count as batch_number
    from effort
)

select
    pair.*,
    cast(numbered.batch_number as integer) as batch_number
from undecided_pair as pair
inner join numbered on pair.observed_key = numbered.observed_key;

delete from undecided_pair;
