-- Grain: a reason.
-- Reads: rejected_document. Writes: nothing.
-- The example is the one refused last.

select
    reason,
    count(*) as document_count,
    max_by(uri, (rejected_at, uri)) as example_uri,
    max_by(detail, (rejected_at, uri)) as example_detail
from rejected_document
group by reason
order by document_count desc, reason asc;
