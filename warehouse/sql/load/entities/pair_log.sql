-- Grain: a name that asks x a name it may stand for.
-- Reads: nothing. Writes: temporary undecided_pair (of the names that are not decided yet, with what is known of their
-- company; is_wanted: more has to be known of the two), doubtful_pair (of those that several could be meant by),
-- pair_company, and the articles of names that were looked for: paired_name, paired_mention. All are empty.

create or replace temp table undecided_pair (
    observed_key bigint,
    candidate_key bigint,
    kinds varchar[],
    alias_article_count integer,
    shared_article_count integer,
    companion_count integer,
    candidate_companion_count integer,
    shared_companion_count integer,
    is_wanted boolean
);

create or replace temp table doubtful_pair (
    observed_key bigint,
    candidate_key bigint,
    kinds varchar[]
);

create or replace temp table pair_company (
    observed_key bigint,
    candidate_key bigint,
    shared_article_count integer,
    companion_count integer,
    candidate_companion_count integer,
    shared_companion_count integer
);

create or replace temp table paired_name (observed_key bigint);

create or replace temp table paired_mention (observed_key bigint, article_key bigint);
