-- The spans that mean another entity in the other file; none until find_moved_mention.sql has looked.
-- Grain: a span of a version of an article, in both files.
-- Reads: nothing. Writes: moved_mention (temporary).

create temp table moved_mention (
    a_key bigint not null,
    b_key bigint not null
);
