"""The load flow: a checked warehouse is published when it ends."""

from datetime import datetime

from prefect import flow

from flows.context import RunContext
from flows.inputs import Inputs
from flows.progress import ProgressReport
from flows.steps.interval import load_planned
from flows.steps.load import LoadResult
from flows.tasks import Handover, name_run

TIMEOUT_SECONDS = 6 * 3600


@flow(flow_run_name=name_run, timeout_seconds=TIMEOUT_SECONDS, validate_parameters=False, persist_result=False)
def load(
    before: Handover,
    *,
    inputs: Inputs,
    interval_start: datetime,
    interval_end: datetime,
    context: RunContext,
    report: ProgressReport,
) -> LoadResult:
    """Load what a run found and publish it; see ``steps.load.load_run``.

    Raises:
        TypeError: Nothing was enriched before.
    """
    _ = inputs, interval_start, interval_end  # name the run
    enriched = before.enriched
    if enriched is None:
        raise TypeError("load needs what enrich left")
    return load_planned(enriched.planned, context=context, report=report)
