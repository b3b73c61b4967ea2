"""The enrich flow: articles normalized and the names in them found, as stage files, when it ends."""

from datetime import datetime

from prefect import flow

from flows.context import RunContext
from flows.inputs import Inputs
from flows.progress import ProgressReport
from flows.runners.batches import Workers
from flows.steps.interval import Enriched, enrich_documents
from flows.tasks import Handover, TaskRunner, name_run

TIMEOUT_SECONDS = 48 * 3600


@flow(
    flow_run_name=name_run,
    timeout_seconds=TIMEOUT_SECONDS,
    validate_parameters=False,
    persist_result=False,
)
def enrich(
    before: Handover,
    *,
    inputs: Inputs,
    interval_start: datetime,
    interval_end: datetime,
    context: RunContext,
    report: ProgressReport,
    pool: Workers,
) -> Enriched:
    """Normalize and extract, one task a batch; see ``steps.interval.enrich_documents``."""
    _ = inputs, interval_start, interval_end  # name the run
    return enrich_documents(before.ingested, context=context, runner=TaskRunner(pool), report=report)
