"""The attempts that no load has taken over yet: those that go on, and those that failed since the last load.

A row is written before a run begins and survives whatever kills it; who finds it later sees that its process is gone,
and calls it crashed. SQLite's rollback journal makes each call all or nothing. A damaged file is an error, not begun
anew: it costs the memory of failures, which a person may want to save.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from flows.errors import LedgerError
from flows.ledger.processes import Process

State = Literal["running", "success", "failed", "crashed"]

GONE: Final = "its process was gone without a word"

_BUSY_SECONDS: Final = 10.0
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TIMES: Final = ("interval_start", "interval_end", "started_at", "finished_at")


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """An outlet in a run that is, or was, to load an interval. Times are UTC.

    Attributes:
        run_key: The run.
        source_id: The outlet.
        interval_start: Inclusive.
        interval_end: Exclusive.
        state: running, failed or crashed.
        flow_run_id: The orchestrator's id of the run; None without one.
        started_at: When the run began.
        finished_at: When it ended; None while it goes on.
        code_version: Of Dateline.
        model_name: The pipeline.
        model_version: Its version.
        detail: What went wrong, one line.
        process: Where it goes on.
    """

    run_key: int
    source_id: str
    interval_start: datetime
    interval_end: datetime
    state: State = "running"
    flow_run_id: str | None
    started_at: datetime
    finished_at: datetime | None = None
    code_version: str
    model_name: str | None
    model_version: str | None
    detail: str = ""
    process: Process


class Journal:
    """The file; it is opened for each call, so that any process may look at it at any time.

    Attributes:
        path: ``Home.intervals_path``; made by the first attempt.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, attempts: Sequence[Attempt]) -> None:
        """Write down that attempts begin.

        Raises:
            LedgerError: The file cannot be written; every method raises it.
        """
        with self._connect() as connection:
            connection.executemany(_read_sql("begin_attempt"), [_to_row(attempt) for attempt in attempts])

    def end(self, run_key: int, *, state: State, detail: str, finished_at: datetime) -> None:
        """Write down that a run has ended without having loaded its interval."""
        row = {"run_key": run_key, "state": state, "detail": detail, "finished_at": _count_us(finished_at)}
        with self._connect() as connection:
            connection.execute(_read_sql("end_attempt"), row)

    def forget(self, run_key: int) -> None:
        """Forget a run whose load was published, and what had ended before: the warehouse has it."""
        with self._connect() as connection:
            connection.execute(_read_sql("forget_attempts"), {"run_key": run_key})

    def list_attempts(self, now: datetime) -> list[Attempt]:
        """Return all attempts, the first to begin first; those whose process is gone as crashed.

        Args:
            now: When that is noticed.
        """
        if not self.path.exists():
            return []
        with self._connect() as connection:
            rows = connection.execute(_read_sql("list_attempts")).fetchall()
        found = [_from_row(row) for row in rows]
        return [
            replace(attempt, state="crashed", detail=GONE, finished_at=now)
            if attempt.state == "running" and attempt.process.is_gone()
            else attempt
            for attempt in found
        ]

    def bury(self, now: datetime) -> None:
        """Write down that whatever goes on has crashed; who holds the home knows that, of other machines, too.

        Args:
            now: When that is noticed.
        """
        with self._connect() as connection:
            connection.execute(_read_sql("bury_attempts"), {"finished_at": _count_us(now), "detail": GONE})

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        """Give the file, open, within a transaction."""
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_SECONDS)) as connection, connection:
                connection.row_factory = sqlite3.Row
                connection.execute(_read_sql("create_attempt"))
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise LedgerError(f"cannot use {self.path}: {error}; make room or mend it, then run again") from error


def _to_row(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt as the table has it."""
    row = asdict(attempt) | {name: _count_us(getattr(attempt, name) or _EPOCH) for name in _TIMES}
    process = row.pop("process")
    return row | {
        "host": process["host"],
        "process_id": process["process_id"],
        "process_started": process["started"],
    }


def _from_row(row: sqlite3.Row) -> Attempt:
    """Return what a row of the table says."""
    values = dict(row)
    process = Process(values.pop("host"), values.pop("process_id"), values.pop("process_started"))
    times = {name: None if values[name] is None else _EPOCH + timedelta(microseconds=values[name]) for name in _TIMES}
    return Attempt(**values | times, process=process)


def _count_us(moment: datetime) -> int:
    """Return microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


@cache
def _read_sql(name: str) -> str:
    """Return one of the statements in sql/."""
    return files("flows.ledger").joinpath("sql", f"{name}.sql").read_text("utf-8")
