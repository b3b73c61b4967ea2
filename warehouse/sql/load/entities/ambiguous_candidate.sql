-- Grain: a name that several could be meant by x one of them. A given name alone is left in doubt: too many bear it,
-- and in the articles that were read no company told whose it was.
-- Reads: doubtful_pair, observed_entity. Writes: temporary ambiguous_candidate, numbered in batches of
-- names: some $batch_article_count articles of candidates in each.

create or replace temp table ambiguous_candidate as
select
    pair.observed_key,
    pair.candidate_key,
    cast(
        sum(candidate.article_count) over (order by pair.observed_key) // $batch_article_count as integer
    ) as batch_number
from doubtful_pair as pair
inner join observed_entity as asker on pair.observed_key = asker.observed_key
inner join observed_entity as candidate on pair.candidate_key = candidate.observed_key
where
    asker.entity_type = candidate.entity_type
    and asker.name_key <> candidate.name_key
    and (
        list_contains(pair.kinds, 'surname')
        or (list_contains(pair.kinds, 'alias') and asker.entity_type <> 'PERSON')
    );

-- Nobody is asked again: what was kept for that takes memory until the load ends.
drop table undecided_pair;

drop table if exists undecided_batch;

drop table if exists wanted_pair;

drop table if exists paired_name;

drop table if exists paired_mention;

delete from pair_company;
