-- Grain: a measure that a block of the sources file expects something of.
-- Reads: incoming_source_expectation, source_expectation. Writes: source_expectation: what the file says, and nothing
-- else; temporary changed_outlet: the outlets of which it says something else, all of whose days are judged anew.

create or replace temp table said_expectation as
select
    incoming.* replace (
        cast(incoming.valid_from as timestamp) as valid_from,
        cast(incoming.valid_to as timestamp) as valid_to
    )
from incoming_source_expectation as incoming;

insert into changed_outlet
with changed as (
    (
        select * from said_expectation
        except all
        select said.* from source_expectation as said
    )
    union all
    (
        select said.* from source_expectation as said
        except all
        select * from said_expectation
    )
)

select distinct
    source_id,
    date '1900-01-01' as since_date
from changed;

delete from source_expectation;

insert into source_expectation by name
select *
from said_expectation;

drop table said_expectation;
