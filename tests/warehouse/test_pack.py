"""What is published holds little room that nothing uses, and whatever was in the file before."""

import shutil
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from tests.warehouse.samples import fetch, load_sample
from warehouse import pack
from warehouse.connection import connect, connect_unlogged
from warehouse.errors import WarehouseError
from warehouse.pack import is_loose, name_packed, pack_file
from warehouse.publish import build_aside, name_aside

CATALOG = (
    "select table_name, comment, sql from duckdb_tables() order by all",
    "select * exclude (database_oid, table_oid, schema_oid, database_name) from duckdb_columns() order by all",
    "select view_name, comment, sql from duckdb_views() where not internal order by all",
    "select function_name, comment, macro_definition from duckdb_functions() where not internal order by all",
    "select * from fact_entity_mention order by all",
    "select * from dim_article order by all",
)
MEMORY = "256MB"


@pytest.fixture
def loose(empty_warehouse: Path, tmp_path: Path) -> Path:
    """Return a warehouse of which most blocks are free."""
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(empty_warehouse, path)
    with closing(connect(path)) as con:
        load_sample(con)
        con.execute("create table bulk as select range as x, hash(range) as y from range(500_000)")
        con.execute("checkpoint")
        con.execute("drop table bulk")
        con.execute("checkpoint")
    return path


def describe(path: Path) -> list[object]:
    """Return what is in the catalog, and some rows."""
    with closing(duckdb.connect(path, read_only=True)) as con:
        return [con.execute(query).fetchall() for query in CATALOG]


def test_a_packed_file_has_the_same_contents_comments_views_and_macros(loose: Path) -> None:
    with closing(connect(loose)) as con:
        assert is_loose(con)
    before = describe(loose)
    pack_file(loose, memory_limit=MEMORY)
    assert describe(loose) == before
    with closing(connect(loose)) as con:
        assert not is_loose(con)
    assert not name_packed(loose).exists()


def test_what_is_published_again_and_again_stays_within_half_as_much_again(published: Path) -> None:
    with build_aside(published) as con:
        load_sample(con)
    once = published.stat().st_size
    for number in range(3):
        with build_aside(published) as con:
            for table in fetch(con, "select table_name from duckdb_tables() order by all"):
                con.execute(f'create or replace temp table copied as from "{table}"')
                con.execute(f'delete from "{table}"; insert into "{table}" from copied')  # noqa: S608  from the catalog
            con.execute("update dim_run set read_count = $n, loaded_count = $n", {"n": number})
        assert published.stat().st_size <= 1.5 * once


def test_without_room_for_a_second_file_the_first_is_left(loose: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))
    before = loose.read_bytes()
    pack_file(loose, memory_limit=MEMORY)
    assert loose.read_bytes() == before


class LosingConnection:
    """A connection whose copies of a database have no number."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def execute(self, query: str) -> duckdb.DuckDBPyConnection:
        """Run a query, and lose rows behind a copy."""
        self.con.execute(query)
        return self.con.execute("delete from number") if query.startswith("copy") else self.con

    def close(self) -> None:
        """Close the connection."""
        self.con.close()


def test_a_copy_that_lost_rows_is_not_published(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with build_aside(published) as con:
        con.execute("create table number as select 1 as x")
    before = published.read_bytes()
    monkeypatch.setattr(
        pack, "connect_unlogged", lambda path, **options: LosingConnection(connect_unlogged(path, **options))
    )
    monkeypatch.setattr("warehouse.publish.is_loose", lambda _: True)
    with pytest.raises(WarehouseError, match="number: not all rows were copied"), build_aside(published) as con:
        con.execute("insert into number values (2)")
    assert published.read_bytes() == before
    assert not name_packed(name_aside(published)).exists()
