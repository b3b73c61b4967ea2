"""What has become of every interval up to now: what the warehouse says, and what happened since its last load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import polars as pl

from flows.context import Interval
from flows.home import Home
from flows.ledger.journal import Attempt, Journal, State
from warehouse.lookup import read_intervals


class IntervalKey(NamedTuple):
    """An outlet and an interval."""

    source_id: str
    interval: Interval


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What has become of an interval of an outlet.

    Attributes:
        state: running, or how the last attempt ended.
        attempt_count: Attempts, the one that goes on included.
        started_at: When the last one began, UTC.
        finished_at: When it ended; None while it goes on.
        loaded_at: When the last one that succeeded ended; None when none did.
        read_count: Documents that one read.
        loaded_count: Those among them that were new.
        input_hash: Hash of the documents that one read; "" when none did, or it had none.
        detail: What went wrong at the last attempt; "" when nothing did.
    """

    state: State
    attempt_count: int
    started_at: datetime
    finished_at: datetime | None
    loaded_at: datetime | None = None
    read_count: int = 0
    loaded_count: int = 0
    input_hash: str = ""
    detail: str = ""


Ledger = Mapping[IntervalKey, Standing]


def read_ledger(home: Home, *, now: datetime) -> Ledger:
    """Return what has become of every interval that a run was to load, the first to begin first.

    Raises:
        LedgerError: What happened since the last load cannot be read.
        WarehouseError: The warehouse cannot be read.
    """
    attempts = Journal(home.intervals_path).list_attempts(now)  # first: a load may be published between the two
    published = read_intervals(home.warehouse_path)
    known = _list_published(published)
    for attempt in _list_unpublished(attempts, published):
        key = IntervalKey(attempt.source_id, Interval(attempt.interval_start, attempt.interval_end))
        known[key] = _follow(known.get(key), attempt)
    return {key: known[key] for key in sorted(known, key=lambda key: (key.interval, key.source_id))}


def _list_published(published: pl.DataFrame) -> dict[IntervalKey, Standing]:
    """Return what the warehouse says."""
    names = Standing.__dataclass_fields__
    return {
        IntervalKey(row["source_id"], Interval(row["interval_start"], row["interval_end"])): Standing(
            **{name: row[name] for name in names}
        )
        for row in published.iter_rows(named=True)
    }


def _list_unpublished(attempts: Iterable[Attempt], published: pl.DataFrame) -> list[Attempt]:
    """Return the attempts that the warehouse does not know; it knows those of a run that died once it had published."""
    loaded = set(published["run_key"])
    return [attempt for attempt in attempts if attempt.run_key not in loaded]


def _follow(before: Standing | None, attempt: Attempt) -> Standing:
    """Return what has become of an interval with one more attempt."""
    if before is None:
        before = Standing(state=attempt.state, attempt_count=0, started_at=attempt.started_at, finished_at=None)
    return replace(
        before,
        state=attempt.state,
        attempt_count=before.attempt_count + 1,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        detail=attempt.detail,
    )
