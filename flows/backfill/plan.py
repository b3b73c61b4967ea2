"""The plan of a backfill: what each interval of each outlet stands at, and what is to be done about it.

It follows Airflow 3 (https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/backfill.html): an interval
that has a run is run again only as far as ``--reprocess`` says, one at which a run is just now never. Two things
differ. A run that was killed counts as none: the same command goes on from there. And an interval that was loaded, and
has other documents since, is stale, and loaded again where a failed one is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, Final, Literal

import polars as pl

from flows.context import Interval
from flows.ledger.standing import IntervalKey, Ledger, Standing
from transforms.intervals import is_of, sum_inputs
from transforms.schemas import UTC_TIMESTAMP

PlannedState = Literal["missing", "running", "success", "stale", "failed", "crashed"]


class Reprocess(StrEnum):
    """Which intervals that have a run are run again.

    Attributes:
        NONE: None: only those that are missing.
        FAILED: Those that failed, and those that are stale.
        COMPLETED: All.
    """

    NONE = "none"
    FAILED = "failed"
    COMPLETED = "completed"


_STATES_TO_LOAD: Final[Mapping[Reprocess, frozenset[PlannedState]]] = {
    Reprocess.NONE: frozenset({"missing", "crashed"}),
    Reprocess.FAILED: frozenset({"missing", "crashed", "failed", "stale"}),
    Reprocess.COMPLETED: frozenset({"missing", "crashed", "failed", "stale", "success"}),
}


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked for.

    Attributes:
        intervals: The earliest first; they adjoin each other.
        reprocess: Which intervals that have a run are run again.
        source_ids: The outlets; none for all that have documents or a run in these intervals.
        feed_ids: Outlets whose documents come from feeds: what these did not bring then, they will not bring now.
        is_backwards: Whether the last interval is loaded first.
    """

    intervals: Sequence[Interval]
    reprocess: Reprocess = Reprocess.FAILED
    source_ids: frozenset[str] = frozenset()
    feed_ids: frozenset[str] = frozenset()
    is_backwards: bool = False


@dataclass(frozen=True, kw_only=True)
class PlannedInterval:
    """An interval of an outlet.

    Attributes:
        interval: The interval.
        source_id: The outlet.
        state: What it stands at.
        document_count: Documents of the outlet and the interval that there are.
        is_loaded: Whether it is to be loaded.
        reason: Why not; "" where it is.
    """

    interval: Interval
    source_id: str
    state: PlannedState
    document_count: int
    is_loaded: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Unit:
    """What one run is to load.

    Attributes:
        interval: The interval.
        source_ids: Its outlets.
        batches: Places of the batches that have their documents.
        document_count: How many these are.
    """

    interval: Interval
    source_ids: frozenset[str]
    batches: frozenset[int]
    document_count: int


@dataclass(frozen=True, kw_only=True)
class BackfillPlan:
    """A plan.

    Attributes:
        rows: All intervals of all outlets, the earliest first.
        units: What is to be done, in the order of doing.
    """

    rows: Sequence[PlannedInterval]
    units: Sequence[Unit]


def plan_backfill(request: Request, documents: pl.DataFrame, ledger: Ledger, *, now: datetime) -> BackfillPlan:
    """Return what is to be done.

    Args:
        request: What is asked for.
        documents: DOCUMENT rows: all there are.
        ledger: What has become of intervals.
        now: The clock: an interval that is not over is not loaded.
    """
    placed = _place(documents, request)
    inputs = _sum_by_interval(placed)
    rows = [
        _plan_interval(key, inputs.get(key), ledger.get(key), request=request, now=now)
        for key in _list_keys(request, inputs, ledger)
    ]
    units = list(_list_units(rows, placed))
    return BackfillPlan(rows=rows, units=units[::-1] if request.is_backwards else units)


def _place(documents: pl.DataFrame, request: Request) -> pl.DataFrame:
    """Return the documents that are in one of the intervals, with interval_start and interval_end."""
    intervals = request.intervals
    ends = pl.DataFrame(
        {"interval_start": [each.start for each in intervals], "interval_end": [each.end for each in intervals]},
        schema=dict.fromkeys(("interval_start", "interval_end"), UTC_TIMESTAMP),
    )
    wanted = documents.filter(is_of(pl.col("source_id"), request.source_ids))
    placed = wanted.sort("dated_at").join_asof(ends, left_on="dated_at", right_on="interval_start", strategy="backward")
    return placed.filter(pl.col("dated_at") < pl.col("interval_end"))


def _sum_by_interval(placed: pl.DataFrame) -> dict[IntervalKey, Mapping[str, Any]]:
    """Return what the documents of each outlet and interval come to, as INPUT has it."""
    return {
        IntervalKey(row["source_id"], Interval(*ends)): row
        for ends, group in placed.group_by("interval_start", "interval_end", maintain_order=True)
        for row in sum_inputs(group).iter_rows(named=True)
    }


def _list_keys(request: Request, inputs: Mapping[IntervalKey, Mapping[str, Any]], ledger: Ledger) -> list[IntervalKey]:
    """Return the outlets and intervals that there is something to say of."""
    asked = set(request.intervals)
    told = {key for key in ledger if key.interval in asked and key.source_id in (request.source_ids or {key.source_id})}
    named = {IntervalKey(source_id, interval) for source_id in request.source_ids for interval in request.intervals}
    return sorted({*inputs, *told, *named}, key=lambda key: (key.interval, key.source_id))


def _plan_interval(
    key: IntervalKey, found: Mapping[str, Any] | None, standing: Standing | None, *, request: Request, now: datetime
) -> PlannedInterval:
    """Return what is to be done about one interval of an outlet, given what its documents come to."""
    state = _find_state(standing, input_hash="" if found is None else found["input_hash"])
    reason = ""
    if key.interval.end > now:
        reason = "it is not over yet"
    elif state == "running":
        reason = "a run is at it"
    elif found is None:
        reason = "no documents" + (": a feed has no past" if key.source_id in request.feed_ids else "")
    elif state not in _STATES_TO_LOAD[request.reprocess]:
        reason = "it was loaded" if state == "success" else "--reprocess failed loads it again"
    return PlannedInterval(
        interval=key.interval,
        source_id=key.source_id,
        state=state,
        document_count=0 if found is None else found["document_count"],
        is_loaded=not reason,
        reason=reason,
    )


def _find_state(standing: Standing | None, *, input_hash: str) -> PlannedState:
    """Return what an interval stands at, given its documents now."""
    if standing is None:
        return "missing"
    if standing.state == "success" and input_hash not in ("", standing.input_hash):
        return "stale"
    return standing.state


def _list_units(rows: Iterable[PlannedInterval], placed: pl.DataFrame) -> Iterator[Unit]:
    """Yield the runs that are needed: one for each interval that has something to be loaded."""
    to_load = [row for row in rows if row.is_loaded]
    batches = {
        (start, source_id): frozenset(group["batch"])
        for (start, source_id), group in placed.group_by("interval_start", "source_id")
    }
    for interval, group in groupby(to_load, key=lambda row: row.interval):
        members = list(group)
        yield Unit(
            interval=interval,
            source_ids=frozenset(row.source_id for row in members),
            batches=frozenset[int]().union(*(batches[interval.start, row.source_id] for row in members)),
            document_count=sum(row.document_count for row in members),
        )
