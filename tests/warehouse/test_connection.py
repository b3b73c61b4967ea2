"""Opening the file, changing it whole or not at all, and our names for what goes wrong."""

import errno
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import fetch
from warehouse.connection import BATCH_ROW_COUNT, connect, connect_unlogged, registered, transaction, translated_errors
from warehouse.errors import WarehouseBusyError, WarehouseError, WarehouseFullError


def test_the_clock_is_utc(con: duckdb.DuckDBPyConnection) -> None:
    assert fetch(con, "select current_setting('TimeZone')") == ["UTC"]


def test_a_timestamp_with_a_zone_is_stored_in_utc(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create table moment (moment_at timestamp)")
    with registered(con, given=pl.DataFrame({"moment_at": [datetime(2026, 11, 3, 23, 30, tzinfo=UTC)]})):
        con.execute("insert into moment by name select * from given")
    assert fetch(con, "select moment_at from moment") == [datetime(2026, 11, 3, 23, 30)]  # noqa: DTZ001 - stored naive


def test_the_file_can_be_opened_by_duckdb_1_5(con: duckdb.DuckDBPyConnection) -> None:
    (tags,) = fetch(con, "select tags from duckdb_databases() where database_name like '%warehouse%'")
    assert "v1.5" in tags["storage_version"]


def test_a_file_that_is_built_has_no_log(tmp_path: Path) -> None:
    path = tmp_path / "it's [new].duckdb"
    with closing(connect_unlogged(path)) as con:
        con.execute("create table number as select 1 as x")
        assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
        con.execute("checkpoint")
    with closing(connect(path, read_only=True)) as con:
        assert fetch(con, "select x from number") == [1]


def test_a_file_that_is_built_can_be_opened_by_duckdb_1_5_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    with closing(connect_unlogged(path)) as con:
        con.execute("create table number as select 1 as x; checkpoint")
    with closing(connect(path, read_only=True)) as con:
        (tags,) = fetch(con, "select tags from duckdb_databases() where path is not null")
        assert "v1.5" in tags["storage_version"]


def test_a_view_that_was_built_reads_the_file_under_any_name(tmp_path: Path) -> None:
    with closing(connect_unlogged(tmp_path / "new.duckdb")) as con:
        con.execute("create table number as select 1 as x; create view seen as select x from number; checkpoint")
    (tmp_path / "new.duckdb").rename(tmp_path / "other.duckdb")
    with closing(connect(tmp_path / "other.duckdb", read_only=True)) as con:
        assert fetch(con, "select x from seen") == [1]


def test_a_file_that_another_connection_writes_is_not_built_on(tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    with closing(connect_unlogged(path)), pytest.raises(WarehouseError, match=r"new\.duckdb"):
        connect_unlogged(path)


def test_a_transaction_that_raises_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create table number (x integer)")
    with pytest.raises(duckdb.InvalidInputException), transaction(con):
        con.execute("insert into number values (1); select error('no')")
    assert fetch(con, "select x from number") == []


def test_a_transaction_that_ends_well_is_kept(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create table number (x integer)")
    with transaction(con):
        con.execute("insert into number values (1)")
    assert fetch(con, "select x from number") == [1]


def test_a_frame_is_out_of_reach_after_the_block(con: duckdb.DuckDBPyConnection) -> None:
    with registered(con, given=pl.DataFrame({"x": [1]})):
        pass
    with pytest.raises(duckdb.CatalogException):
        con.execute("select * from given")


def test_a_frame_of_several_batches_is_stored_whole_and_in_its_order(con: duckdb.DuckDBPyConnection) -> None:
    numbers = pl.DataFrame({"x": range(2 * BATCH_ROW_COUNT + 1)}).with_columns(
        pl.col("x").cast(pl.String).alias("word")
    )
    con.execute("create table number (x bigint, word varchar)")
    with registered(con, given=numbers):
        con.execute("insert into number by name select * from given")
    assert con.sql("select x, word from number").pl().equals(numbers)


def test_a_frame_in_pieces_is_stored_whole(con: duckdb.DuckDBPyConnection) -> None:
    pieces = pl.concat([pl.DataFrame({"x": [1]}), pl.DataFrame({"x": [2]})], rechunk=False)
    with registered(con, given=pieces):
        assert fetch(con, "select x from given order by x") == [1, 2]


def test_a_frame_without_rows_has_its_columns(con: duckdb.DuckDBPyConnection) -> None:
    with registered(con, given=pl.DataFrame(schema={"x": pl.Int64, "word": pl.String})):
        assert fetch(con, "select x, word from given") == []


def test_a_file_that_is_no_warehouse_is_told(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_text("not a database" * 1000, encoding="utf-8")
    with pytest.raises(WarehouseError, match="not a valid DuckDB database"):
        connect(path, read_only=True)


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), WarehouseFullError, id="disk-full"),
        pytest.param(
            duckdb.IOException('Could not write file "w": No space left on device'),
            WarehouseFullError,
            id="disk-full-in-engine",
        ),
        pytest.param(duckdb.OutOfMemoryException("could not allocate block"), WarehouseFullError, id="memory"),
        pytest.param(
            duckdb.IOException('Could not set lock on file "w": Conflicting lock is held'),
            WarehouseBusyError,
            id="locked",
        ),
        pytest.param(duckdb.BinderException("Binder Error: no such column\n\nLINE 1: x"), WarehouseError, id="other"),
    ],
)
def test_an_error_gets_our_name_and_one_line(raised: Exception, expected: type[WarehouseError]) -> None:
    with pytest.raises(WarehouseError) as caught, translated_errors(Path("/home/w.duckdb")):
        raise raised
    assert type(caught.value) is expected
    assert "\n" not in str(caught.value)
    assert "/home" in str(caught.value)
