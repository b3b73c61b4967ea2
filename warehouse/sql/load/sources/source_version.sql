-- Grain: a block of the sources file.
-- Reads: incoming_source_version. Writes: source_version: what the file says, and nothing else.

delete from source_version;

insert into source_version by name
select
    incoming.* replace (
        cast(incoming.valid_from as timestamp) as valid_from,
        cast(incoming.valid_to as timestamp) as valid_to
    )
from incoming_source_version as incoming;
