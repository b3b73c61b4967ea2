"""Open the published warehouse to read it, by code that knows its schema. No run waits for it, it waits for no run."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from warehouse.connection import Connection, connect, translated_errors
from warehouse.errors import MigrationError, MissingWarehouseError, WarehouseError
from warehouse.migrate import list_migrations, read_applied_checksums, require_current, require_known
from warehouse.scripts import read_script

_OBSERVED_SINCE: Final = 2
"""The schema from which on a warehouse has every sight of its articles."""


@contextmanager
def open_published(path: Path) -> Iterator[Connection]:
    """Give a connection to the published warehouse, read-only, and close it.

    Args:
        path: The published warehouse.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        MigrationError: The file was written by newer code, or by older code.
        WarehouseError: The file cannot be read; errors of the engine in the block get this name, too.
    """
    if not path.exists():
        raise MissingWarehouseError(f"there is no warehouse at {path}: load one with: dateline run")
    with translated_errors(path), closing(connect(path, read_only=True)) as con:
        _require_schema(con, path)
        yield con


def require_target(path: Path) -> None:
    """Check, before anything is read, that a load can build on what is at the place of the published warehouse.

    Args:
        path: Where a load will publish; nothing need be there yet.

    Raises:
        MigrationError: A warehouse of newer code is there.
        WarehouseError: Something else is there: no DuckDB file, one that is no warehouse, or what ``export`` wrote.
    """
    if not path.exists():
        return
    with translated_errors(path), closing(connect(path, read_only=True)) as con:
        applied = read_applied_checksums(con)
        is_export = _OBSERVED_SINCE in applied and con.execute(read_script("sql/lookup/is_export.sql")).fetchall()
    if is_export:
        raise WarehouseError(
            f"{path} is an export: it can be asked, but has not what a load builds on; give --home another folder"
        )
    if not applied:
        raise WarehouseError(f"{path} is a DuckDB file, but no warehouse: move it away, or give --home another folder")
    require_known(applied, list_migrations())


def _require_schema(con: Connection, path: Path) -> None:
    """Refuse a file that is no warehouse, or one of another schema, and say which."""
    applied = read_applied_checksums(con)
    if not applied:
        raise WarehouseError(f"{path} is a DuckDB file, but no warehouse: name a home, or its warehouse.duckdb")
    try:
        require_current(applied, list_migrations())
    except MigrationError as error:
        raise MigrationError(f"{path}: {error}") from error
