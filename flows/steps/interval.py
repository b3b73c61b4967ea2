"""The whole way for one interval: ingest, normalize, plan, extract, load."""

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from filelock import FileLock, Timeout

from flows.context import RunContext
from flows.errors import DatelineError, HomeBusyError
from flows.home import Home
from flows.inputs import Inputs
from flows.progress import ProgressReport
from flows.runners.batches import BatchRunner, Workers
from flows.stage import remove_leftovers
from flows.steps.documents import select_documents
from flows.steps.extract import Extracted, extract_chunks
from flows.steps.ingest import Ingested, ingest_documents, require_inputs
from flows.steps.ledger import RecordedAttempt
from flows.steps.load import LoadResult, load_run
from flows.steps.normalize import NormalizedBatch, normalize_batches
from flows.steps.plan import Plan, plan_run
from flows.steps.withhold import withhold_killed
from transforms.intervals import mark_killed

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What a run is to do.

    Attributes:
        ingested: The documents that it takes.
        normalized: The stage files of their batches.
        plan: What each document is to the warehouse.
    """

    ingested: Ingested
    normalized: Sequence[NormalizedBatch]
    plan: Plan


@dataclass(frozen=True, kw_only=True)
class Enriched:
    """What enrich leaves behind for the load.

    Attributes:
        planned: The documents, their stage files, and what each is to the warehouse.
        extracted: What finding the names cost.
    """

    planned: Planned
    extracted: Extracted


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What a run did.

    Attributes:
        loaded: The load.
        extracted: What finding the names cost.
    """

    loaded: LoadResult
    extracted: Extracted


def plan_documents(ingested: Ingested, *, context: RunContext, runner: BatchRunner, report: ProgressReport) -> Planned:
    """Normalize raw documents, take those of the run's interval, if one was asked for, and say what is to be done."""
    normalized: Sequence[NormalizedBatch] = normalize_batches(
        ingested.batches, context=context, runner=runner, report=report
    )
    if context.is_bounded:
        ingested, normalized = select_documents(ingested, normalized, context=context)
    return Planned(ingested=ingested, normalized=normalized, plan=plan_run(normalized, context=context, report=report))


def enrich_documents(
    ingested: Ingested, *, context: RunContext, runner: BatchRunner, report: ProgressReport
) -> Enriched:
    """Normalize raw documents, and find the names in those that the run takes.

    Articles whose text kills whoever reads it are refused.
    """
    planned = plan_documents(ingested, context=context, runner=runner, report=report)
    report.expect(sum(batch.document_count for batch in planned.ingested.batches))
    report.advance(planned.plan.settled_count)
    extracted = extract_chunks(planned.plan.chunks, context=context, runner=runner, report=report)
    plan = withhold_killed(planned.plan, extracted, context)
    documents = mark_killed(planned.ingested.documents, plan.refused["content_hash"])
    kept = replace(planned, plan=plan, ingested=replace(planned.ingested, documents=documents))
    return Enriched(planned=kept, extracted=extracted)


def run_interval(inputs: Inputs, *, context: RunContext, pool: Workers, report: ProgressReport) -> RunResult:
    """Take the inputs into the warehouse.

    The pool's workers have ended when the load begins.

    Raises:
        UsageError: A path does not exist, or the sources file that is needed.
        HomeBusyError: Another run writes this home.
        BatchFailedError: The workers do not start, or more articles kill them than may be refused for it.
        WarehouseError: The load failed; the warehouse published before stays.
    """
    require_inputs(inputs, context.settings)
    with holding_home(context.home, wait_seconds=context.settings.busy_wait_seconds), RecordedAttempt(context):
        ingested = ingest_documents(inputs, context=context, report=report)
        with pool:
            enriched = enrich_documents(ingested, context=context, runner=pool, report=report)
        loaded = load_planned(enriched.planned, context=context, report=report)
        clear_run(enriched.planned.plan)
    return RunResult(loaded=loaded, extracted=enriched.extracted)


def load_planned(planned: Planned, *, context: RunContext, report: ProgressReport) -> LoadResult:
    """Load what was planned, once the names are found; see ``steps.load.load_run``."""
    return load_run(
        planned.plan, ingested=planned.ingested, normalized=planned.normalized, context=context, report=report
    )


@contextmanager
def holding_home(home: Home, *, wait_seconds: float = 0) -> Iterator[None]:
    """Keep other runs out of a home while the block runs, and sweep up after runs that were killed.

    Args:
        home: The home.
        wait_seconds: So long another run that is in it is waited for.

    Raises:
        HomeBusyError: Another run is in it.
        DatelineError: It cannot be written to.
    """
    lock = FileLock(home.lock_path)
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        _acquire(lock, home, wait_seconds)
    except Timeout as error:
        message = f"another run is writing {home.path}: wait for it to end, or give --home another folder"
        raise HomeBusyError(message) from error
    except OSError as error:
        advice = "give --home a folder to which you may write"
        raise DatelineError(f"cannot write to {home.path}: {error.strerror or error}; {advice}") from error
    try:
        shutil.rmtree(home.stage_path / "runs", ignore_errors=True)
        for folder in (home.stage_path, home.raw_path):
            remove_leftovers(folder)
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, home: Home, wait_seconds: float) -> None:
    """Take the lock, and say so before it is waited for.

    Raises:
        Timeout: Another run has it, and keeps it.
    """
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not wait_seconds:
            raise
        LOGGER.warning("another run is writing %s: waiting for it to end", home.path)
        lock.acquire(timeout=wait_seconds)


def clear_run(plan: Plan) -> None:
    """Remove what a run kept for its own load."""
    shutil.rmtree(plan.run_path, ignore_errors=True)
