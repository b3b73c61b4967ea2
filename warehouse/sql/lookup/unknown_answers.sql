-- Grain: an answer of a server, of those given that were never loaded.
-- Reads: given_answer, source_fetch. Writes: nothing.

select given.*
from given_answer as given
anti join source_fetch as known
    on
        given.url = known.url
        and cast(given.fetched_at as timestamp) = known.fetched_at
        and given.source_id = known.source_id;
