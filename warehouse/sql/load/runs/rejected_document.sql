-- Grain: uri x external_id x content_hash x reason.
-- Reads: incoming_reject, rejected_document. Writes: rejected_document: what was not refused before.
-- A document that killed whoever read it (worker_killed), and is refused for something else since, is so for that only.
-- Of several details (a server fails in two ways) the first in code point order stays, whichever came first.

delete from rejected_document
where
    reason = 'worker_killed'
    and (uri, content_hash) in (
        select (incoming.uri, incoming.content_hash)
        from incoming_reject as incoming
        where incoming.reason <> 'worker_killed'
    );

update rejected_document as known
set detail = incoming.detail
from (
    select
        uri,
        external_id,
        content_hash,
        reason,
        min(detail) as detail
    from incoming_reject
    group by all
) as incoming
where
    incoming.uri = known.uri
    and incoming.external_id = known.external_id
    and incoming.content_hash is not distinct from known.content_hash
    and incoming.reason = known.reason
    and incoming.detail < known.detail;

insert into rejected_document by name
select
    incoming.*,
    cast($rejected_at as timestamp) as rejected_at,
    cast($run_key as bigint) as run_key
from incoming_reject as incoming
anti join rejected_document as known
    on
        incoming.uri = known.uri
        and incoming.external_id = known.external_id
        and incoming.content_hash is not distinct from known.content_hash
        and incoming.reason = known.reason
qualify row_number() over (
    partition by incoming.uri, incoming.external_id, incoming.content_hash, incoming.reason order by incoming.detail
) = 1;
