-- What could not be read, and why?
-- Refused documents are in no count; many of one outlet make its numbers too low.

select
    reason,
    count(*) as document_count
from rejected_document
group by reason
order by reason
