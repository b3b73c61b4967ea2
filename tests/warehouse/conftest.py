"""An empty warehouse under construction, and a way to publish one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import connect
from warehouse.publish import build_aside

Loader = Callable[[duckdb.DuckDBPyConnection], object]


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published warehouse without data, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with build_aside(path):
        pass
    return path


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Return where a warehouse is published; it is not there yet."""
    return tmp_path / "warehouse.duckdb"


@pytest.fixture
def con(empty_warehouse: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection to an empty warehouse under construction."""
    path = tmp_path / ".warehouse.duckdb.building"
    shutil.copyfile(empty_warehouse, path)
    with closing(connect(path)) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")  # nobody opens the file again
        yield connection


@pytest.fixture
def publish(published: Path) -> Callable[[Loader], Path]:
    """Return a function that publishes what a loading function loads, and says where."""

    def publish_with(loader: Loader) -> Path:
        with build_aside(published) as connection:
            loader(connection)
        return published

    return publish_with
