-- Grain: a name that several could be meant by x one of them. A given name alone is left in doubt: too many bear it,
-- and in the articles that were read no company told whose it was.
-- Reads: doubtful_pair, observed_entity. Writes: temporary ambiguous_candidate; nothing of what was kept of undecided
-- names: nobody is asked again, and it takes memory until the load ends.

create or replace temp table ambiguous_candidate as
with named as (
    select
        observed_key,
        entity_type,
        name_key,
        article_count
    from observed_entity
    where
        observed_key in (
            select doubtful_pair.observed_key from doubtful_pair
            union
            select doubtful_pair.candidate_key from doubtful_pair
        )
)

select
    pair.observed_key,
    pair.candidate_key,
    candidate.article_count as candidate_article_count
from doubtful_pair as pair
inner join named as asker on pair.observed_key = asker.observed_key
inner join named as candidate on pair.candidate_key = candidate.observed_key
where
    asker.entity_type = candidate.entity_type
    and asker.name_key <> candidate.name_key
    and (
        list_contains(pair.kinds, 'surname')
        or (list_contains(pair.kinds, 'alias') and asker.entity_type <> 'PERSON')
    );

drop table undecided_pair;

drop table if exists undecided_batch;

drop table if exists wanted_pair;

drop table if exists paired_name;

drop table if exists paired_mention;

delete from pair_company;
