"""Open the warehouse file, and change it in transactions.

A result is never left half read while the connection does something else.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from warehouse.errors import WarehouseBusyError, WarehouseError, WarehouseFullError
from warehouse.limits import DEFAULT_MEMORY_LIMIT

_UNWRITABLE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})
"""What the system says of a file or disk that is read-only; the last two of a file that is mounted by itself."""

_INTERRUPTED: Final = "Query interrupted"
"""All that DuckDB 2.0 says when a signal ends a statement: as a RuntimeError, in place of what its handler raised."""

Connection = duckdb.DuckDBPyConnection
"""A connection to a warehouse, under a name that callers can use who do not import the engine."""

STORAGE_VERSION: Final = "v1.5.0"
"""The oldest DuckDB whose users can still open the file; 2.0 would otherwise write a format that 1.5 refuses."""

LISTED_KEY_COUNT: Final = 200
"""Keys that rows are looked for by, up to which DuckDB passes over row groups that have none of them; else it knows the
smallest and the largest of them only. A hundred entities are found in fact_cooccurrence of a million articles in a
tenth of the time that it takes with the 50 keys of DuckDB."""

NO_CHECKPOINT: Final = "1TB"
"""A log that no load reaches: then DuckDB makes no checkpoint by itself."""

BATCH_ROW_COUNT: Final = 5 * 2048
"""Rows of a frame that a thread takes at a time: whole vectors of DuckDB, twelve batches a row group (122,880 rows).

Batches are put together again to row groups, which are packed and written by whoever has one; a frame that is one batch
is read, joined and packed by one thread. A call has some 20,000 articles: those are two batches.
"""


def connect(
    path: Path,
    *,
    read_only: bool = False,
    memory_limit: str = DEFAULT_MEMORY_LIMIT,
) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file, its clock set to UTC.

    Args:
        path: The file. It is created when it does not exist, unless ``read_only``.
        read_only: Open for reading; any number of processes may.
        memory_limit: Memory the database may use, as DuckDB spells it.

    Returns:
        The connection. What does not fit into memory is spilled to a folder beside the file, removed with the
        connection. The caller closes it.

    Raises:
        WarehouseBusyError: Another process writes to the file.
        WarehouseError: The file does not exist or is not a DuckDB file.
    """
    with translated_errors(path):
        config = _configure(path, read_only=read_only, memory_limit=memory_limit)
        return _prepare(duckdb.connect(path, read_only=read_only, config=config))


def connect_unlogged(path: Path, *, memory_limit: str = DEFAULT_MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """Open a file that is built aside, to be written without a log.

    What is committed lies in memory, or beside the file where that is full, until a checkpoint, and none is made unless
    it is asked for. A file that is thrown away when its builder dies needs no log of what it lost; and checkpoints
    between the transactions of a load would pack the last row group of each table again and again.

    Args:
        path: The file. It is created when it does not exist.
        memory_limit: Memory the database may use, as DuckDB spells it.

    Returns:
        The connection, as ``connect`` gives it. The caller closes it, and makes a checkpoint before.

    Raises:
        WarehouseBusyError: Another process writes to the file.
        WarehouseError: The file is not a DuckDB file.
    """
    with translated_errors(path), ExitStack() as stack:
        config = _configure(path, read_only=False, memory_limit=memory_limit)
        con = stack.enter_context(closing(duckdb.connect(config=config)))
        con.execute(f"attach {quote_text(str(path.absolute()))} as building (recovery_mode no_wal_writes)")
        con.execute("use building")
        con.execute("set checkpoint_threshold = $bytes", {"bytes": NO_CHECKPOINT})
        stack.pop_all()  # it stays open when all went well
        return _prepare(con)


def _configure(path: Path, *, read_only: bool, memory_limit: str) -> dict[str, str | bool | int | float | list[str]]:
    """Return the settings that are made when a database is opened."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "temp_directory": str(name_temp_folder(path, read_only=read_only)),
    }
    return config if read_only else config | {"storage_compatibility_version": STORAGE_VERSION}


def _prepare(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return the connection, its clock set to UTC, its filters by keys as long as we need them."""
    con.execute("set TimeZone = 'UTC'")
    con.execute("set dynamic_or_filter_threshold = $count", {"count": LISTED_KEY_COUNT})
    return con


@contextmanager
def attach_read_only(*, memory_limit: str = DEFAULT_MEMORY_LIMIT, **files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection of its own to which files are attached for reading, and close it.

    Nothing is written in the folders of the files: what does not fit into memory is spilled to the system's temporary
    folder.

    Args:
        memory_limit: Memory the database may use, as DuckDB spells it.
        files: Name in SQL -> a warehouse file.

    Raises:
        WarehouseBusyError: Another process writes to a file.
        WarehouseError: A file cannot be read, or an error of the engine in the block.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": folder,
            "autoload_known_extensions": False,
        }
        with translated_errors(Path(folder) / "temporary"), closing(duckdb.connect(config=config)) as con:
            con.execute("set TimeZone = 'UTC'")
            for name, path in files.items():
                with translated_errors(path):
                    con.execute(f"attach {quote_text(str(path.absolute()))} as {name} (read_only)")
            yield con


def quote_text(text: str) -> str:
    """Return text as an SQL literal, for the statements that take no parameter.

    Examples:
        >>> quote_text("O'Brien")
        "'O''Brien'"
    """
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def name_temp_folder(path: Path, *, read_only: bool) -> Path:
    """Return the folder a connection spills to: one for the writer, one for each reading process."""
    return path.with_name(f"{path.name}.{os.getpid()}.tmp" if read_only else f"{path.name}.tmp")


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Make everything in the block happen, or nothing of it."""
    con.execute("begin transaction")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


@contextmanager
def registered(con: duckdb.DuckDBPyConnection, **frames: pl.DataFrame) -> Iterator[None]:
    """Let SQL read frames under the names given, for the length of the block."""
    for name, frame in frames.items():
        # Converted once: DuckDB would convert a polars frame at every scan. Texts stay where polars has them.
        con.register(name, _cut_batches(frame).to_arrow(compat_level=pl.CompatLevel.newest()))
    try:
        yield
    finally:
        for name in frames:
            con.unregister(name)


def _cut_batches(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame in chunks that threads can share out: DuckDB has a chunk read by one thread."""
    whole = frame.rechunk()
    return pl.concat([*whole.iter_slices(BATCH_ROW_COUNT)] or [whole], rechunk=False)


@contextmanager
def translated_errors(
    path: Path,
    kinds: tuple[type[Exception], ...] = (duckdb.Error, OSError),
) -> Iterator[None]:
    """Give errors of the database engine and of the disk the names of ``warehouse.errors``, and Ctrl-C its own.

    Args:
        path: The file that is worked on, for the message.
        kinds: The errors to rename: those of the engine and those of the disk, or one of the two.

    Raises:
        WarehouseFullError: Disk or memory ran out.
        WarehouseBusyError: Another process has the file.
        WarehouseError: Any other error of the engine or the disk.
        KeyboardInterrupt: A signal ended a statement.
    """
    try:
        yield
    except RuntimeError as error:
        if str(error) != _INTERRUPTED:
            raise
        raise KeyboardInterrupt from error
    except kinds as error:
        raise _name_error(error, path) from error


def _name_error(error: Exception, path: Path) -> WarehouseError:
    """Return our error for one of the engine's; the engine tells most of them apart by their message only."""
    message = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if "no space left" in message.lower():
        return WarehouseFullError(f"the disk is full: {path.parent}: make room and run again ({message})")
    if isinstance(error, duckdb.OutOfMemoryException):
        return WarehouseFullError(f"out of memory: {path}: raise DATELINE_MEMORY_LIMIT and run again ({message})")
    if "could not set lock" in message.lower():
        return WarehouseBusyError(f"another program writes to {path}: close it and run again ({message})")
    if isinstance(error, OSError) and error.errno in _UNWRITABLE:
        return WarehouseError(f"cannot write {path}: make the file and its folder writable, and run again ({message})")
    return WarehouseError(f"cannot work on {path}: {message}")
