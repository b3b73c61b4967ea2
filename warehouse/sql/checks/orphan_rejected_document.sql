-- Protects: every refused input names the load that refused it.
-- Returns: the rows whose load is not known.

select
    rejected.uri,
    rejected.run_key
from rejected_document as rejected
anti join dim_run as run on rejected.run_key = run.run_key;
