"""Doing what a plan says: the model reads the texts of several intervals at a time, the loads follow one by one.

Nothing needs to be remembered between two commands: what was read lies in the stage files, what was loaded stands in
the ledger, and a plan made anew has what is left.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import polars as pl

from flows.backfill.plan import Unit
from flows.context import RunContext
from flows.errors import BatchFailedError
from flows.inputs import Inputs
from flows.progress import ProgressReport, QuietReport
from flows.runners.batches import Workers
from flows.steps.documents import list_documents
from flows.steps.extract import extract_chunks
from flows.steps.ingest import Ingested, ingest_documents
from flows.steps.interval import RunResult, clear_run, holding_home, plan_documents, run_interval
from flows.steps.normalize import normalize_batches
from warehouse.errors import CheckFailedError

if TYPE_CHECKING:
    from flows.steps.plan import Plan

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Found:
    """All documents that there are.

    Attributes:
        ingested: Their batches.
        documents: ``transforms.intervals.DOCUMENT``.
        unread_count: How much could not be read of the paths given, and so has no date but that of today.
    """

    ingested: Ingested
    documents: pl.DataFrame
    unread_count: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a unit.

    Attributes:
        unit: The unit.
        result: What its run did; None where it failed.
        failure: Why, one line; "" where it did not.
    """

    unit: Unit
    result: RunResult | None
    failure: str


class RunUnit(Protocol):
    """Runs one interval, with or without an orchestrator."""

    def __call__(self, unit: Unit, inputs: Inputs) -> RunResult:
        """Load the interval of a unit."""
        ...


def find_documents(given: Inputs, *, context: RunContext, pool: Workers, report: ProgressReport) -> Found:
    """Return all documents of the raw store, those of the paths given taken into it before.

    What is read and normalized here is kept, and need not be done again; the warehouse is not touched.

    Raises:
        UsageError: There is nothing at a path, or nothing at all.
        HomeBusyError: Another run is in the home, and stays there.
        BatchFailedError: A batch failed each time it was tried.
    """
    with holding_home(context.home, wait_seconds=context.settings.busy_wait_seconds), pool:
        unread_count = 0
        if given.paths:
            unread_count = ingest_documents(given, context=context, report=report).rejects.height
        ingested = ingest_documents(Inputs(raw_homes=()), context=context, report=report)
        normalized = normalize_batches(ingested.batches, context=context, runner=pool, report=report)
        documents = list_documents(ingested.batches, normalized, context)
        return Found(ingested=ingested, documents=documents, unread_count=unread_count)


def run_directly(context: RunContext, pool: Workers) -> RunUnit:
    """Return what runs an interval as plain function calls.

    Args:
        context: Of the backfill: home, settings, models.
        pool: Where the work is done.
    """

    def run(unit: Unit, inputs: Inputs) -> RunResult:
        each = context.for_interval(unit.interval, unit.source_ids, started_at=datetime.now(UTC))
        return run_interval(inputs, context=each, pool=pool, report=QuietReport())

    return run


@dataclass(frozen=True, kw_only=True)
class Backfill:
    """What a backfill works with.

    Attributes:
        found: The documents.
        run_unit: How an interval is run.
        context: Of the backfill: home, settings, models.
        pool: Where the model reads ahead.
        max_active: Of so many units the texts are read at the same time.
        report: Told how far it is.
    """

    found: Found
    run_unit: RunUnit
    context: RunContext
    pool: Workers
    max_active: int
    report: ProgressReport


def load_units(units: Sequence[Unit], work: Backfill) -> Iterator[Outcome]:
    """Load what a plan says, in its order, and yield what came of each unit.

    A unit whose documents cannot be worked on, or whose load breaks a check, fails alone. What else goes wrong is not
    of the unit, and ends all.

    Args:
        units: What is to be done.
        work: What is worked with.

    Raises:
        DatelineError: Something failed that is not of a unit.
        WarehouseError: The same.
    """
    for start in range(0, len(units), work.max_active):
        group = units[start : start + work.max_active]
        if len(group) > 1:
            _read_ahead(group, work)
        for unit in group:
            work.report.begin(f"loading {unit.interval}")
            yield _load_unit(unit, work)


def _load_unit(unit: Unit, work: Backfill) -> Outcome:
    """Return what comes of loading a unit."""
    try:
        result = work.run_unit(unit, _name_inputs(unit, work.found))
    except (BatchFailedError, CheckFailedError) as error:
        return Outcome(unit=unit, result=None, failure=str(error).partition("\n")[0])
    return Outcome(unit=unit, result=result, failure="")


def _name_inputs(unit: Unit, found: Found) -> Inputs:
    """Return what a unit takes in: the batches of the raw store that have its documents."""
    batch_ids = frozenset(found.ingested.batches[index].batch_id for index in unit.batches)
    return Inputs(raw_homes=(), batch_ids=batch_ids)


def _read_ahead(group: Sequence[Unit], work: Backfill) -> None:
    """Have the model read the texts of several units, all workers busy, whatever the size of each.

    Their plans are made anew when they are loaded: what one brings may change what is to be read of the next. Where too
    many texts kill their workers, that is left to their units, which fail of it.
    """
    context = work.context
    with holding_home(context.home, wait_seconds=context.settings.busy_wait_seconds), work.pool:
        chunks = {chunk.chunk_id: chunk for unit in group for chunk in _plan_ahead(unit, work).chunks}
        work.report.expect(sum(chunk.text_count for chunk in chunks.values()))
        try:
            extract_chunks(list(chunks.values()), context=context, runner=work.pool, report=work.report)
        except BatchFailedError as error:
            LOGGER.warning("reading ahead: %s", error)


def _plan_ahead(unit: Unit, work: Backfill) -> "Plan":
    """Return what the documents of a unit are to the warehouse as it is now, and what of them is to be read."""
    context = work.context.for_interval(unit.interval, unit.source_ids, started_at=datetime.now(UTC))
    ingested = ingest_documents(_name_inputs(unit, work.found), context=context, report=work.report)
    plan = plan_documents(ingested, context=context, runner=work.pool, report=work.report).plan
    clear_run(plan)
    return plan
