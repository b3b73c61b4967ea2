"""The ingest flow: raw documents are in the raw store when it ends."""

from datetime import datetime

from prefect import flow

from flows.context import RunContext
from flows.inputs import Inputs
from flows.progress import ProgressReport
from flows.steps.ingest import Ingested, ingest_documents
from flows.tasks import RETRY_DELAY_SECONDS, name_run, not_retrying_misuse

TIMEOUT_SECONDS = 6 * 3600


@flow(
    flow_run_name=name_run,
    retries=1,
    retry_delay_seconds=RETRY_DELAY_SECONDS,
    timeout_seconds=TIMEOUT_SECONDS,
    validate_parameters=False,
    persist_result=False,
)
def ingest(
    inputs: Inputs,
    *,
    interval_start: datetime,
    interval_end: datetime,
    context: RunContext,
    report: ProgressReport,
) -> Ingested:
    """Have the documents in the raw store; see ``steps.ingest.ingest_documents``."""
    _ = interval_start, interval_end  # say for which interval this run is; files are not filtered by it
    with not_retrying_misuse():
        return ingest_documents(inputs, context=context, report=report)
