"""Copies of a warehouse that was made once, empty or filled, for tests that change it or compare several."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile

import duckdb

from warehouse.connection import connect


@contextmanager
def open_copy(made: Path, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to a copy of a warehouse, under construction at a path."""
    copyfile(made, path)
    with closing(connect(path)) as con:
        yield con
