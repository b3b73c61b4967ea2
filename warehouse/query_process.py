"""The process that answers one question: ``python -P -m warehouse.query_process``, request on standard input.

The query may be anybody's, so nothing but the rows of the published file can be reached from it: the file is open for
reading only, the database may touch no other file, no network, no extension, no Python object, and its settings are
locked; a gate lets only statements that read pass; time and memory are limited. Whatever gets past all that ends with
the process, which can write no file either.
"""

import json
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import BinaryIO, Final

import duckdb
import pyarrow as pa

from warehouse.query_hints import find_hint
from warehouse.query_protocol import COLUMNS_METADATA, Outcome, QueryReport, QueryRequest, Shape
from warehouse.query_shapes import describe_columns, shape_relation

MEMORY_LIMIT: Final = "1GB"
"""What the database may hold in its buffers."""

PROCESS_BYTES: Final = 2 << 30
"""What the process may allocate: some functions (``range``, ``repeat``) allocate past the database's own limit."""

_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
    "memory_limit": MEMORY_LIMIT,
    "threads": 2,
    "temp_directory": "",
}

_BATCH_ROWS: Final = 8192
_READING: Final = frozenset({duckdb.StatementType.SELECT.name, duckdb.StatementType.EXPLAIN.name})


class _RefusedError(Exception):
    """The gate does not let the text pass."""


class _TimeIsUpError(Exception):
    """The database had no time left."""


class _Deadline:
    """Interrupts the database when it has worked for so long; waiting for the reader of the rows does not count."""

    def __init__(self, con: duckdb.DuckDBPyConnection, seconds: float) -> None:
        self._con = con
        self._remaining = seconds
        self._is_up = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time of the block.

        Raises:
            _TimeIsUpError: There was none left, or the block was interrupted.
        """
        if self._remaining <= 0:
            raise _TimeIsUpError
        timer = threading.Timer(self._remaining, self._interrupt)
        timer.daemon = True
        timer.start()
        begun = time.monotonic()
        try:
            yield
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            if self._is_up:
                raise _TimeIsUpError from error
            if isinstance(error, OSError):  # as which Arrow gives what the database says in the middle of the rows
                raise pa.ArrowException(str(error)) from error
            raise
        finally:
            timer.cancel()
            self._remaining -= time.monotonic() - begun

    def _interrupt(self) -> None:
        self._is_up = True
        self._con.interrupt()


def main() -> None:
    """Answer the request on standard input."""
    request = QueryRequest(**json.load(sys.stdin.buffer))
    limit_process()
    try:
        report = answer(request, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # nobody reads any more
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTERM)
        return
    sys.stderr.write(f"\n{json.dumps(asdict(report))}\n")


def limit_process() -> None:
    """Bound what this process may allocate and take from it the right to write files, where the system can."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on every system

        for limit, most in (
            (resource.RLIMIT_DATA, PROCESS_BYTES),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(limit)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(limit, (allowed, hard))


def answer(request: QueryRequest, sink: BinaryIO) -> QueryReport:
    """Run the query, write its rows as an Arrow IPC stream.

    Args:
        request: What is asked.
        sink: Takes the stream. What was written before an error stays.

    Returns:
        How it went.
    """
    try:
        with closing(connect_locked(request.path)) as con:
            return _answer_bound(con, request, sink)
    except _RefusedError as error:
        return QueryReport(outcome=Outcome.REFUSED, message=str(error))
    except _TimeIsUpError:
        return QueryReport(outcome=Outcome.TIMED_OUT, message=f"stopped after {request.timeout_seconds:g} s")
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        return QueryReport(outcome=Outcome.OUT_OF_MEMORY, message=_first_line(str(error)))
    except (duckdb.Error, pa.ArrowException) as error:
        return QueryReport(outcome=Outcome.FAILED, message=make_one_line(str(error)))


def _answer_bound(con: duckdb.DuckDBPyConnection, request: QueryRequest, sink: BinaryIO) -> QueryReport:
    """Run the query; of a word that means nothing, say what may be meant."""
    try:
        return _write_rows(con, request, sink)
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as error:
        message = make_one_line(str(error))
        hint = find_hint(con, request.sql, message)
        # Of a table the database names one that is spelt alike, and may be the load's own.
        told = re.sub(r'! Did you mean "[^"]*"\?', "", message) if hint else message
        return QueryReport(outcome=Outcome.FAILED, message=f"{told}; {hint}" if hint else message)


def connect_locked(path: str) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file so that a query can read it and do nothing else."""
    con = duckdb.connect(path, read_only=True, config=_CONFIG)
    con.execute("set TimeZone = 'UTC'")
    con.execute("set lock_configuration = true")
    return con


def require_reading(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Return the one statement of a text, if it reads.

    Raises:
        _RefusedError: There is none, there are several, or it does something else.
        duckdb.ParserException: It is not SQL.
    """
    statements = con.extract_statements(sql)
    if not statements:
        raise _RefusedError("there is no statement: give one, such as: select * from dim_source")
    if len(statements) > 1:
        raise _RefusedError(
            f"{len(statements)} statements: give one at a time, or all on standard input: dateline sql < FILE.sql"
        )
    kind = _name_kind(statements[0])
    if kind == duckdb.StatementType.MULTI.name:
        raise _RefusedError("PIVOT without a list of values: give them, as in: pivot t on year in (2025, 2026)")
    if kind not in _READING:
        raise _RefusedError(
            f"{kind} is not allowed, the warehouse is read-only here: "
            "use SELECT, WITH, FROM, SUMMARIZE, DESCRIBE, SHOW or EXPLAIN",
        )
    return statements[0]


def _name_kind(statement: duckdb.Statement) -> str:
    """Return the name of a statement's kind; the binding has none for some kinds that the database knows."""
    try:
        return statement.type.name
    except ValueError:
        return "this statement"


def make_one_line(message: str) -> str:
    r"""Return an error of the database on one line, without the marks that point into the query.

    Examples:
        >>> make_one_line('Catalog Error: No table foo!\nDid you mean "food"?\n\nLINE 1: from foo\n             ^')
        'Catalog Error: No table foo! Did you mean "food"? (LINE 1: from foo)'
    """
    lines = [line.strip() for line in message.splitlines()]
    kept = [f"({line})" if line.startswith("LINE ") else line for line in lines if line.strip("^~ ")]
    return " ".join(kept)


def _first_line(message: str) -> str:
    return message.partition("\n")[0]


def _write_rows(con: duckdb.DuckDBPyConnection, request: QueryRequest, sink: BinaryIO) -> QueryReport:
    statement = require_reading(con, request.sql)
    deadline = _Deadline(con, request.timeout_seconds)
    with deadline.running():
        relation = con.sql(statement)
        columns = json.dumps([asdict(column) for column in describe_columns(relation)])
        if request.limit is not None:
            relation = relation.limit(request.limit + 1)  # the one more tells whether there are more
        reader = shape_relation(relation, Shape(request.shape)).to_arrow_reader(_BATCH_ROWS)
    remaining = request.limit
    with pa.ipc.new_stream(sink, reader.schema.with_metadata({COLUMNS_METADATA: columns})) as writer:
        while True:
            with deadline.running():
                batch = next(reader, None)
            if batch is None:
                return QueryReport(outcome=Outcome.ANSWERED)
            if remaining is not None and batch.num_rows > remaining:
                writer.write_batch(batch.slice(0, remaining))
                return QueryReport(outcome=Outcome.ANSWERED, has_more=True)
            if remaining is not None:
                remaining -= batch.num_rows
            writer.write_batch(batch)


if __name__ == "__main__":
    main()
    sys.stderr.flush()
    os._exit(0)  # without a farewell: DuckDB's binding now and then lists what it leaked, after our report
