"""The interval flow: the documents of one data interval are in the published warehouse when it ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prefect import Flow, flow, runtime
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.artifacts import publish_artifacts
from flows.backfill.plan import Unit
from flows.backfill.work import RunUnit
from flows.context import Interval, RunContext
from flows.enrich import enrich
from flows.ingest import ingest
from flows.inputs import Inputs
from flows.load import load
from flows.progress import ProgressReport, QuietReport
from flows.run_logs import logging_to_run
from flows.runners.batches import Workers
from flows.runners.choice import choose_workers
from flows.settings import Settings
from flows.steps.interval import Enriched, RunResult, clear_run, holding_home
from flows.steps.ledger import RecordedAttempt
from flows.tasks import Handover, name_run, not_retrying_misuse, without_heartbeat


@flow(flow_run_name=name_run, validate_parameters=False, persist_result=False)
def interval(
    inputs: Inputs,
    *,
    source_ids: Sequence[str] = (),
    interval_start: datetime | None = None,
    interval_end: datetime | None = None,
    settings: Settings | None = None,
    report: ProgressReport | None = None,
) -> RunResult:
    """Take the inputs into the warehouse.

    Args:
        inputs: What is asked for.
        source_ids: The outlets the run is for; all when left out.
        interval_start: Start of the data interval, UTC, inclusive; with interval_end, today when left out, and then all
            documents are taken and the ledger has no row of it.
        interval_end: Its end, exclusive.
        settings: From the environment when left out.
        report: Told how far the run is.
    """
    given = Interval(interval_start, interval_end) if interval_start is not None and interval_end is not None else None
    settings = Settings() if settings is None else settings
    report = QuietReport() if report is None else report
    with not_retrying_misuse():
        context = RunContext.start(settings, interval=given, source_ids=source_ids, flow_run_id=runtime.flow_run.id)
    common: dict[str, Any] = {
        "interval_start": context.interval.start,
        "interval_end": context.interval.end,
        "context": context,
        "report": report,
    }
    labels = {"interval": str(context.interval), "flow_run_id": str(context.flow_run_id)}
    with (
        not_retrying_misuse(),
        logging_to_run(),
        holding_home(context.home, wait_seconds=settings.busy_wait_seconds),
        RecordedAttempt(context),
        without_heartbeat(),
    ):
        ingested = ingest(inputs, **common)
        with choose_workers(settings, labels=labels) as pool:  # ended before the load, which needs the memory
            enriched = _enrich_with(pool)(Handover(ingested), inputs=inputs, pool=pool, **common)
        loaded = load(Handover(ingested, enriched), inputs=inputs, **common)
        clear_run(enriched.planned.plan)
    result = RunResult(loaded=loaded, extracted=enriched.extracted)
    publish_artifacts(result, context)
    return result


def _enrich_with(workers: Workers) -> Flow[..., Enriched]:
    """Return the enrich flow with a thread a worker, which waits for its batches."""
    threads: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=workers.count_workers())
    return enrich.with_options(task_runner=threads)


def run_as_flow(settings: Settings) -> RunUnit:
    """Return what runs an interval of a backfill as a run of this flow, at the server that Prefect is set to.

    Args:
        settings: Of the backfill.
    """

    def run(unit: Unit, inputs: Inputs) -> RunResult:
        """Load one unit of the plan, its flow run seen at the server."""
        return interval(
            inputs,
            source_ids=sorted(unit.source_ids),
            interval_start=unit.interval.start,
            interval_end=unit.interval.end,
            settings=settings,
        )

    return run
