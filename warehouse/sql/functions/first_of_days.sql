-- The first of some days (UTC), as a date. Days turned round are an error: they would find no article, which looks like
-- an entity that was not in the news.
-- Defines: first_of_days(from_date, to_date).

create or replace macro first_of_days(from_date, to_date) as (
    case
        when cast(from_date as date) > cast(to_date as date)
            then error(concat('from_date ', cast(from_date as date), ' is after to_date ', cast(to_date as date)))
        else cast(from_date as date)
    end
);

comment on macro first_of_days is
'first_of_days(''2022-02-01'', ''2022-03-31''): the first of these days, an error when it is after the last; the macros '
'that take days do so by it';
