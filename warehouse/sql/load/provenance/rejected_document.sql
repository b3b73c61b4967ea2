-- Grain: uri x external_id x content_hash x reason.
-- Reads: incoming_provenance, rejected_document. Writes: rejected_document: a document that killed whoever read it
-- (worker_killed), and has been read since, is refused no more.

delete from rejected_document
where
    reason = 'worker_killed'
    and (uri, content_hash) in (select (ingested_uri, raw_hash) from incoming_provenance);
