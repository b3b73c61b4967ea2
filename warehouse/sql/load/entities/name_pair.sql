-- Grain: a name that asks x a name it may stand for.
-- Reads: affected_name, observed_block, observed_spelling, observed_alias, observed_entity. Writes: temporary
-- name_pair: those of a batch of askers; of the candidates of one asker the $candidate_count that most articles have.
-- The blocks of the batch stand in a table first, of which it is known that it is short.

create or replace temp table asking_block as
select
    asking.observed_key,
    asking.block_key,
    asking.kind
from observed_block as asking
where
    asking.observed_key in (
        select affected_name.observed_key
        from affected_name
        where affected_name.batch_number = $batch_number
    )
    and asking.is_asking;

create or replace temp table name_pair as
with affected as (
    select
        observed_key,
        name_key
    from affected_name
    where batch_number = $batch_number
),

met as (
    select
        asking.observed_key,
        asked.observed_key as candidate_key,
        asking.kind,
        0 as alias_article_count
    from observed_block as asked
    inner join asking_block as asking
        on asked.block_key = asking.block_key and asked.observed_key <> asking.observed_key
    where asked.is_asked
    union all
    select
        spelling.observed_key,
        spelling.near_key as candidate_key,
        'spelling' as kind,
        0 as alias_article_count
    from observed_spelling as spelling
    semi join affected on spelling.observed_key = affected.observed_key
    union all
    select
        affected.observed_key,
        known.observed_key as candidate_key,
        'alias' as kind,
        known.article_count as alias_article_count
    from affected
    inner join observed_alias as known
        on affected.name_key = known.alias_key and affected.observed_key <> known.observed_key
),

pair as (
    select
        observed_key,
        candidate_key,
        list_sort(list(distinct kind)) as kinds,
        max(alias_article_count) as alias_article_count
    from met
    group by observed_key, candidate_key
),

ranked as (
    select
        pair.*,
        row_number() over (
            partition by pair.observed_key order by candidate.article_count desc, pair.candidate_key asc
        ) as rank_number
    from pair
    inner join observed_entity as candidate on pair.candidate_key = candidate.observed_key
)

select
    observed_key,
    candidate_key,
    kinds,
    alias_article_count
from ranked
where rank_number <= $candidate_count;

drop table asking_block;
