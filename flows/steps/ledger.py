"""The ledger of a run: it is written down that it begins, and its load, or its end, says what came of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

import polars as pl

from flows.context import RunContext
from flows.ledger.journal import Attempt, Journal
from flows.ledger.processes import Process
from flows.steps.ingest import Ingested
from flows.steps.plan import Plan
from transforms.interval_schemas import INTERVAL_ATTEMPT
from transforms.intervals import sum_inputs
from warehouse import load_intervals as intervals
from warehouse.connection import Connection

NO_SOURCE: Final = "(not applicable)"
"""In place of an outlet, of a run for all that has none, or does not know them yet: as in dim_source."""

INTERRUPTED: Final = "it was interrupted"

_COUNTS: Final = ("loaded", "unchanged", "duplicate")


class RecordedAttempt:
    """A run for an interval, written down for the length of a block; a run for no interval leaves nothing behind.

    To be entered by who holds the home: what it finds running in another process is then over.

    Args:
        context: The run.
    """

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._journal = Journal(context.home.intervals_path)

    def __enter__(self) -> Self:
        if self._context.is_bounded:
            self._journal.bury(self._context.started_at)
            self._journal.begin(_list_attempts(self._context))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._context.is_bounded:
            return
        if kind is None:
            self._journal.forget(self._context.run_key)
            return
        is_failure = isinstance(error, Exception)
        self._journal.end(
            self._context.run_key,
            state="failed" if is_failure else "crashed",
            detail=str(error).partition("\n")[0] or kind.__name__ if is_failure else INTERRUPTED,
            finished_at=datetime.now(UTC),
        )


def remember_loaded(con: Connection, plan: Plan, context: RunContext) -> None:
    """Have the connection remember which articles a run for an interval reads; for no interval nothing is told of it.

    Args:
        con: A connection to the file under construction.
        plan: What the documents are to the warehouse.
        context: The run.
    """
    if context.is_bounded:
        intervals.remember_loaded(con, plan.list_article_ids())


def note_effects(con: Connection, context: RunContext, *, effect: str) -> None:
    """Count what a run for an interval has changed in articles that it did not read, and was not counted before.

    Args:
        con: The connection that remembers what the run reads.
        context: The run.
        effect: What it changed, as fact_interval_effect has it.
    """
    if context.is_bounded:
        intervals.note_effects(con, effect=effect, run_key=context.run_key)


def load_ledger(con: Connection, plan: Plan, ingested: Ingested, context: RunContext, *, refused: pl.DataFrame) -> None:
    """Take over what became of intervals since the last load, and what this load makes of its own.

    Args:
        con: A connection to the file under construction, all but the ledger loaded.
        plan: What the documents are to the warehouse.
        ingested: The documents.
        context: The run.
        refused: ``schemas.REJECT``: the unmodified pages that stay refused.
    """
    ended = [
        attempt
        for attempt in Journal(context.home.intervals_path).list_attempts(context.started_at)
        if attempt.state != "running"
    ]
    frames = [_frame_ended(ended)]
    if context.is_bounded:
        interval = context.interval
        unseen = intervals.read_unseen(con, interval_start=interval.start, interval_end=interval.end)
        frames.append(describe_success(plan, ingested, context, unseen=unseen, refused=refused))
    intervals.load_attempts(con, pl.concat(frames))


def describe_success(
    plan: Plan, ingested: Ingested, context: RunContext, *, unseen: pl.DataFrame, refused: pl.DataFrame
) -> pl.DataFrame:
    """Return what the ledger says of a run whose load succeeds: INTERVAL_ATTEMPT, a row for each outlet.

    Those are the outlets it was for, and those it has documents of; of a run for all, those it misses articles of, too.

    Args:
        plan: What the documents are to the warehouse.
        ingested: The documents.
        context: The run.
        unseen: source_id, unseen_count: what the warehouse has of the interval and the run did not read.
        refused: ``schemas.REJECT``: the unmodified pages that stay refused.
    """
    inputs = sum_inputs(ingested.documents)
    asked = ingested.unmodified.select(
        "source_id",
        status=pl.when(pl.col("url").is_in(refused["uri"].to_list()))
        .then(pl.lit("rejected"))
        .otherwise(pl.lit("unchanged")),
    )
    counted = pl.concat(
        [
            plan.source_counts.select("source_id", "status", pl.col("len").cast(pl.Int64)),
            asked.group_by("source_id", "status").agg(len=pl.len().cast(pl.Int64)),
            inputs.select("source_id", status=pl.lit("rejected"), len=pl.col("rejected_count").cast(pl.Int64)),
        ]
    )
    met = frozenset(counted["source_id"]) | (frozenset() if context.source_ids else frozenset(unseen["source_id"]))
    return _fill_rows(context.source_ids | met or frozenset({NO_SOURCE}), counted, inputs, unseen, context)


def _fill_rows(
    names: frozenset[str], counted: pl.DataFrame, inputs: pl.DataFrame, unseen: pl.DataFrame, context: RunContext
) -> pl.DataFrame:
    """Return the rows of outlets: what was counted of each, nothing where nothing was."""
    totals = {
        f"{status}_count": pl.col("len").filter(pl.col("status") == status).sum() for status in (*_COUNTS, "rejected")
    }
    rows = (
        pl.DataFrame({"source_id": sorted(names)}, schema={"source_id": pl.String})
        .join(counted.group_by("source_id").agg(**totals), on="source_id", how="left")
        .join(inputs.select("source_id", "input_hash"), on="source_id", how="left")
        .join(unseen, on="source_id", how="left")
        .with_columns(pl.col("input_hash").fill_null(""), pl.col(pl.Int64, pl.Int32).fill_null(0))
    )
    described = rows.with_columns(
        read_count=pl.sum_horizontal(*totals),
        **{name: pl.lit(value, INTERVAL_ATTEMPT[name]) for name, value in _describe_run(context).items()},
        state=pl.lit("success"),
        finished_at=pl.lit(datetime.now(UTC), INTERVAL_ATTEMPT["finished_at"]),
        detail=pl.lit(""),
    )
    return described.select(INTERVAL_ATTEMPT.names()).cast(INTERVAL_ATTEMPT)


def _frame_ended(ended: Sequence[Attempt]) -> pl.DataFrame:
    """Return attempts that have ended without a load as INTERVAL_ATTEMPT."""
    counts = dict.fromkeys((name for name in INTERVAL_ATTEMPT if name.endswith("_count")), 0)
    names = [name for name in INTERVAL_ATTEMPT if name not in counts and name != "input_hash"]
    rows = [{name: getattr(attempt, name) for name in names} | counts | {"input_hash": ""} for attempt in ended]
    return pl.DataFrame(rows, schema=INTERVAL_ATTEMPT)


def _list_attempts(context: RunContext) -> list[Attempt]:
    """Return the attempts that a run is, an outlet each."""
    described = _describe_run(context)
    process = Process.current()
    return [
        Attempt(source_id=source_id, process=process, **described)
        for source_id in sorted(context.source_ids) or [NO_SOURCE]
    ]


def _describe_run(context: RunContext) -> dict[str, Any]:
    """Return what the attempts of a run have in common."""
    return {
        "run_key": context.run_key,
        "interval_start": context.interval.start,
        "interval_end": context.interval.end,
        "flow_run_id": context.flow_run_id,
        "started_at": context.started_at,
        "code_version": context.code_version,
        "model_name": context.models.name,
        "model_version": context.models.version,
    }
