"""Ask the published warehouse anything, safely: each question is answered by a process of its own, locked down.

The process opens the file when it is asked, so each question sees the newest warehouse. What a query can and cannot do
is said in ``warehouse.query_process``.
"""

import io
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

import pyarrow as pa

from warehouse.errors import MissingWarehouseError
from warehouse.query_errors import (
    FailedQueryError,
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
    RefusedQueryError,
)
from warehouse.query_protocol import COLUMNS_METADATA, Column, Outcome, QueryReport, QueryRequest, Shape

DEFAULT_TIMEOUT_SECONDS: Final = 60.0

_GRACE_SECONDS: Final = 5.0
"""How long the process may take to start and to stop by itself before it is killed."""

_ERRORS: Final[dict[str, type[QueryError]]] = {
    Outcome.REFUSED: RefusedQueryError,
    Outcome.FAILED: FailedQueryError,
    Outcome.TIMED_OUT: QueryTimeoutError,
    Outcome.OUT_OF_MEMORY: QueryMemoryError,
}

_ADVICE: Final[dict[str, str]] = {
    Outcome.TIMED_OUT: ": narrow the query, or give it more time (--timeout SECONDS)",
    Outcome.OUT_OF_MEMORY: ": narrow the query or aggregate in steps",
}


class QueryResult:
    """An answer that is still coming in. Rows are read once, in batches; memory is bounded by one batch.

    Attributes:
        columns: The columns of the query, whatever the shape.
        schema: The Arrow schema of the batches.
        has_more: Whether the limit cut rows off; known when all batches were read.
        row_count: Rows that came so far.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", timeout_seconds: float) -> None:
        """Wait for the head of the answer.

        Raises:
            QueryError: There is none.
        """
        self._process = process
        self._timeout_seconds = timeout_seconds
        pipe = _TimedPipe(_require_pipe(process.stdout), timeout_seconds + _GRACE_SECONDS)
        try:
            self._reader = pa.ipc.open_stream(io.BufferedReader(pipe, 1 << 20))
        except pa.ArrowInvalid as error:
            raise self._read_error() from error
        except TimeoutError as error:
            raise self._name_timeout() from error
        metadata = self._reader.schema.metadata
        self.columns = tuple(Column(**column) for column in json.loads(metadata[COLUMNS_METADATA]))
        self.schema = self._reader.schema.remove_metadata()
        self.has_more = False
        self.row_count = 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Give the batches.

        Raises:
            QueryError: The query failed on the way; what was given before is a part of the answer.
        """
        try:
            for batch in self._reader:
                self.row_count += batch.num_rows
                yield batch
        except pa.ArrowInvalid as error:
            raise self._read_error() from error
        except TimeoutError as error:
            raise self._name_timeout() from error
        report = self._read_report()
        if report.outcome != Outcome.ANSWERED:
            raise _name_error(report)
        self.has_more = report.has_more

    def _read_error(self) -> QueryError:
        return _name_error(self._read_report())

    def _read_report(self) -> QueryReport:
        """Return the last words of the process; what it must have died of when there are none."""
        lines = _require_pipe(self._process.stderr).read().decode("utf-8", "replace").strip().splitlines()
        with suppress(ValueError, IndexError, TypeError):
            return QueryReport(**json.loads(lines[-1]))
        status = self._process.wait()
        said = f": {lines[-1]}" if lines else ""
        return QueryReport(
            outcome=Outcome.FAILED, message=f"the query process ended unexpectedly, status {status}{said}"
        )

    def _name_timeout(self) -> QueryTimeoutError:
        return QueryTimeoutError(f"stopped after {self._timeout_seconds:g} s{_ADVICE[Outcome.TIMED_OUT]}")


class _TimedPipe(io.RawIOBase):
    """A pipe on which the reader waits only so long, all waits taken together."""

    def __init__(self, pipe: IO[bytes], seconds: float) -> None:
        self._descriptor = pipe.fileno()
        self._remaining = seconds
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._descriptor, selectors.EVENT_READ)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # io wants any writable buffer
        """Fill the buffer with what has come.

        Raises:
            TimeoutError: Nothing came in the time left.
        """
        begun = time.monotonic()
        ready = self._selector.select(max(self._remaining, 0))
        self._remaining -= time.monotonic() - begun
        if not ready:
            raise TimeoutError("the query process does not answer")
        return os.readv(self._descriptor, [buffer])

    def close(self) -> None:
        """Stop watching; the pipe itself belongs to the process."""
        self._selector.close()
        super().close()


@contextmanager
def run_query(
    path: Path,
    sql: str,
    *,
    shape: Shape = Shape.ARROW,
    limit: int | None = None,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
) -> Iterator[QueryResult]:
    """Ask one question of the published warehouse.

    Args:
        path: The published warehouse.
        sql: One statement that reads.
        shape: In what form the rows come back.
        limit: Rows that come back at most; None is all.
        timeout_seconds: Time the database may spend on it.

    Yields:
        The answer. Leaving the block ends the query, whether its rows were read or not.

    Raises:
        MissingWarehouseError: There is no such file.
        QueryError: The question was not answered; also while the rows are read.
    """
    if not path.exists():
        raise MissingWarehouseError(f"there is no warehouse at {path}: load one with: dateline run")
    if not _is_text(sql):
        raise QueryError("the query is not UTF-8")
    request = QueryRequest(
        path=str(path.absolute()), sql=sql, shape=shape, limit=limit, timeout_seconds=timeout_seconds
    )
    process = _start_process()
    try:
        # A process that died at once is heard of when its answer is read.
        with suppress(BrokenPipeError), _require_pipe(process.stdin) as pipe:
            pipe.write(json.dumps(asdict(request)).encode())
        yield QueryResult(process, timeout_seconds)
    finally:
        _end_process(process)


def _start_process() -> "subprocess.Popen[bytes]":
    """Start the process; it looks for modules where this one does, and nowhere else.

    In a session of its own it does not hear the Ctrl-C that is meant for us: we end it.
    """
    folders = os.pathsep.join(folder or os.getcwd() for folder in sys.path)  # noqa: PTH109  text is wanted
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "warehouse.query_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": folders},
        start_new_session=True,
    )


def _end_process(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    for pipe in (process.stdout, process.stderr):
        _require_pipe(pipe).close()
    process.wait()


def _require_pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("the process was started without pipes")
    return pipe


def _name_error(report: QueryReport) -> QueryError:
    message = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in report.message
    )
    return _ERRORS[report.outcome](f"{message}{_ADVICE.get(report.outcome, '')}")


def _is_text(sql: str) -> bool:
    """Tell whether a query has no half characters, which stand for bytes that were not UTF-8."""
    try:
        sql.encode()
    except UnicodeEncodeError:
        return False
    return True
