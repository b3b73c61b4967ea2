-- Grain: a block of the sources file.
-- Reads: incoming_source_version. Writes: source_version: what the file says, and nothing else; temporary
-- lapsed_source: the outlets that an earlier file named and this one does not.

insert into lapsed_source
select distinct held.source_id
from source_version as held
anti join incoming_source_version as incoming on held.source_id = incoming.source_id;

delete from source_version;

insert into source_version by name
select
    incoming.* replace (
        cast(incoming.valid_from as timestamp) as valid_from,
        cast(incoming.valid_to as timestamp) as valid_to
    )
from incoming_source_version as incoming;
