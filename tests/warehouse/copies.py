"""Warehouses to compare with each other, as many as a test wants: copies of an empty one, migrated once."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile

import duckdb

from warehouse.connection import connect


@contextmanager
def open_copy(empty: Path, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a copy of an empty warehouse, under construction at a path."""
    copyfile(empty, path)
    with closing(connect(path)) as con:
        yield con
