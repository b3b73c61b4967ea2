-- Grain: uri x external_id x content_hash x reason.
-- Reads: incoming_reject, rejected_document. Writes: rejected_document: what was not refused before.

insert into rejected_document by name
select
    incoming.*,
    cast($rejected_at as timestamp) as rejected_at,
    cast($run_key as bigint) as run_key
from incoming_reject as incoming
anti join rejected_document as stored
    on
        incoming.uri = stored.uri
        and incoming.external_id = stored.external_id
        and incoming.content_hash is not distinct from stored.content_hash
        and incoming.reason = stored.reason
qualify row_number() over (
    partition by incoming.uri, incoming.external_id, incoming.content_hash, incoming.reason order by incoming.detail
) = 1;
