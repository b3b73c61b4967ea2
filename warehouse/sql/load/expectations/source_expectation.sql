-- Grain: a measure that a block of the sources file expects something of.
-- Reads: incoming_source_expectation. Writes: source_expectation: what the file says, and nothing else.

delete from source_expectation;

insert into source_expectation by name
select
    incoming.* replace (
        cast(incoming.valid_from as timestamp) as valid_from,
        cast(incoming.valid_to as timestamp) as valid_to
    )
from incoming_source_expectation as incoming;
