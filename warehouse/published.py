"""Open the published warehouse to ask it something that only the schema of this code can answer."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warehouse.connection import Connection, connect, translated_errors
from warehouse.errors import MissingWarehouseError
from warehouse.migrate import list_migrations, read_applied_checksums, require_current


@contextmanager
def open_current(path: Path) -> Iterator[Connection]:
    """Give a connection for reading to the published warehouse.

    Args:
        path: The published warehouse.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        MigrationError: The file was written by newer code, or by older code.
        WarehouseError: The file cannot be read.
    """
    if not path.exists():
        raise MissingWarehouseError(f"there is no warehouse at {path}: load one with: dateline run")
    with translated_errors(path), closing(connect(path, read_only=True)) as con:
        require_current(read_applied_checksums(con), list_migrations())
        yield con
