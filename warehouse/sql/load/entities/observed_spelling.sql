-- Grain: an observed name x another that is spelt much like it.
-- Reads: incoming_block, observed_block (which has the incoming ones), observed_entity. Writes: observed_spelling: the
-- names that come in, with those of their blocks in which nobody asks, both ways round.
-- Such a block may have thousands of names, and all of them would be asked again whenever one of them is in the news.
-- The distance is one of bytes: two letters beyond ASCII that are swapped are up to six bytes apart (of three each), or
-- eight (of four). So of such names a few too many are kept, and the rule of spelling tells them apart.
-- To count a swap as one edit takes DuckDB five times as long as to count it as two. So pairs are measured that way
-- first, with twice the distance: of most names one in twenty is left to be measured in earnest.

insert into observed_spelling by name
with incoming as (
    select
        incoming_block.block_key,
        observed.observed_key,
        observed.name_key,
        strlen(observed.name_key) > length(observed.name_key) as is_beyond_ascii
    from incoming_block
    inner join observed_entity as observed on incoming_block.observed_key = observed.observed_key
    where not incoming_block.is_asking and not incoming_block.is_asked
),

met as (
    select
        incoming.observed_key,
        incoming.name_key,
        incoming.is_beyond_ascii,
        beside.observed_key as near_key
    from incoming
    inner join observed_block as beside
        on incoming.block_key = beside.block_key and incoming.observed_key <> beside.observed_key
),

sided as (
    select
        met.observed_key,
        met.name_key,
        met.near_key,
        other.name_key as near_name_key,
        case when least(length(met.name_key), length(other.name_key)) >= $long_name_length then 2 else 1 end
            as letter_count,
        case when met.is_beyond_ascii or strlen(other.name_key) > length(other.name_key) then 8 else 1 end
            as letter_size
    from met
    inner join observed_entity as other on met.near_key = other.observed_key
),

near as materialized (
    select
        observed_key,
        near_key
    from sided
    where
        abs(length(name_key) - length(near_name_key)) <= letter_count
        and levenshtein(name_key, near_name_key) <= 2 * letter_count * letter_size
        and damerau_levenshtein(name_key, near_name_key) <= letter_count * letter_size
)

select
    observed_key,
    near_key
from near
union
select
    near_key as observed_key,
    observed_key as near_key
from near;
