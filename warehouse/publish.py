"""Publish a warehouse: build it aside, prove that it can be read, put it in place in one step.

Readers are never blocked and never see half a load: whoever has the old file open goes on reading it, whoever opens it
after the rename gets the new one. Within one process DuckDB hands out the file it already has open, so a process must
close its readers to see the new one.

One builder at a time: the lock between processes is taken by the caller. Where the copy comes from, without copying:
``warehouse.recycle``; how it gets rid of the room that a load leaves: ``warehouse.pack``.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import polars as pl

from warehouse.blocks import BlockRecord, find_written, name_record, read_state, write_record
from warehouse.connection import connect_unlogged, name_temp_folder, translated_errors
from warehouse.errors import WarehouseBusyError
from warehouse.limits import DEFAULT_MEMORY_LIMIT
from warehouse.migrate import apply_migrations
from warehouse.pack import is_loose, name_packed, pack_file
from warehouse.read_back import read_through
from warehouse.recycle import keep_previous, prepare_copy
from warehouse.segments import list_loaded_segments
from warehouse.watermarks import set_watermarks

LOGGER = logging.getLogger(__name__)


@contextmanager
def build_aside(
    published: Path, *, is_empty: bool = False, memory_limit: str = DEFAULT_MEMORY_LIMIT
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a copy of the warehouse, and publish the copy when the block ends well.

    When the block raises, or the process dies, the published file stays as it was; what a dead process left behind is
    removed by the next builder.

    Args:
        published: The published file; it and its folder need not exist yet.
        is_empty: Begin with an empty warehouse and not with a copy of the published one.
        memory_limit: Memory the database may use, as DuckDB spells it.

    Yields:
        A connection to the copy, its schema up to date. The caller leaves it open and leaves no transaction open.

    Raises:
        WarehouseBusyError: Somebody writes to the published file.
        WarehouseFullError: The disk, or the memory allowed, ran out.
        MigrationError: The file was written by newer code.
        WarehouseError: Anything else the database or the disk refused.
    """
    aside = name_aside(published)
    is_copy = not is_empty and published.exists()
    try:
        with translated_errors(published):
            _remove_aside(aside)
            _require_unwritten(published)
            if is_copy:
                prepare_copy(published, aside)
        # Errors of the disk in the caller's block are the caller's: only the engine's are renamed here.
        with (
            translated_errors(published, (duckdb.Error,)),
            closing(connect_unlogged(aside, memory_limit=memory_limit)) as con,
        ):
            apply_migrations(con)
            if is_copy:
                set_watermarks(con)
            yield con
            con.execute("checkpoint")
            has_free_blocks = is_loose(con)
            loaded = list_loaded_segments(con) if is_copy and not has_free_blocks else None
        with translated_errors(published):
            is_packed = has_free_blocks and pack_file(aside, memory_limit=memory_limit)
            _read_back(published, aside, loaded, is_copy=is_copy and not is_packed)
            _replace(published, aside)
    finally:
        with translated_errors(published):
            _remove_aside(aside)


def name_aside(published: Path) -> Path:
    """Return the path of the copy under construction: hidden, in the same folder so that a rename is atomic."""
    return published.with_name(f".{published.name}.building")


def _require_unwritten(published: Path) -> None:
    """Make the folder, and refuse to go on when somebody writes to the published file."""
    published.parent.mkdir(parents=True, exist_ok=True)
    log = published.with_name(f"{published.name}.wal")
    if log.exists():
        raise WarehouseBusyError(
            f"{log} exists: another program writes, or wrote, to {published.name}; close it, or open and close "
            "the file with duckdb once, and run again",
        )


def _read_back(published: Path, aside: Path, loaded: pl.DataFrame | None, *, is_copy: bool) -> None:
    """Prove that what was written can be read, and keep for the next load which blocks that was."""
    replaced = read_state(published) if is_copy and published.exists() else None
    written = None if replaced is None else find_written(published, aside)
    found = read_through(aside, written, loaded)
    built = read_state(aside)
    name_record(published).unlink(missing_ok=True)
    if replaced is not None and written is not None and built is not None:
        write_record(published, BlockRecord(built=built, replaced=replaced, written=written, held=found.held))


def _replace(published: Path, aside: Path) -> None:
    """Put the copy in place so that it is there, whole, even after a power cut."""
    _sync(aside)
    keep_previous(published)
    os.replace(aside, published)  # noqa: PTH105 - pathlib's rename says nothing of an existing target
    _sync(published.parent)
    LOGGER.info("published %s", published)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_aside(aside: Path) -> None:
    for path in (aside, name_packed(aside)):
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
        shutil.rmtree(name_temp_folder(path, read_only=False), ignore_errors=True)
