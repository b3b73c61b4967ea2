"""What is read of a file before it is published: all of it, or what lies in blocks that were written since."""

import shutil
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from warehouse.blocks import find_written, read_free_blocks
from warehouse.errors import WarehouseError
from warehouse.read_back import read_through
from warehouse.segments import NO_BLOCK, SEGMENT, list_loaded_segments, list_segments

GROUP_ROWS = 122_880
"""Rows of a row group of DuckDB."""

CHANGES = pytest.mark.parametrize(
    ("statements", "row_count"),
    [
        ((), 0),
        (('insert into "big one" values (1, 1), (2, 2)',), 12),
        (('update "big one" set remainder = 9 where number = 200_000',), GROUP_ROWS),
        (("insert into small values (2)",), 2),
        (("create table more as select range as number from range(2)",), 2),
        (("drop table small",), 0),
    ],
    ids=["nothing", "appended", "updated", "small table", "new table", "table gone"],
)
"""What is done to a file, and how many rows have to be read then."""


def change(path: Path, *statements: str) -> None:
    """Run statements on a file and leave no log behind."""
    with closing(duckdb.connect(path)) as con:
        for statement in statements:
            con.execute(statement)
        con.execute("checkpoint")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Give a file of two tables: three row groups and ten rows, and one row."""
    path = tmp_path / "published.duckdb"
    groups = "select range as number, range % 7 as remainder from range(3 * 122_880 + 10)"
    change(path, f'create table "big one" as {groups}', "create table small as select 1 as number")
    return path


@pytest.fixture
def copy(published: Path) -> Callable[..., Path]:
    """Give what makes a copy and changes it."""

    def make(*statements: str) -> Path:
        path = published.with_name("copy.duckdb")
        shutil.copyfile(published, path)
        change(path, *statements)
        return path

    return make


def test_without_a_published_file_every_row_is_read(published: Path) -> None:
    assert read_through(published).row_count == 3 * GROUP_ROWS + 11


@CHANGES
def test_only_row_groups_that_were_written_are_read(
    published: Path, copy: Callable[..., Path], statements: tuple[str, ...], row_count: int
) -> None:
    path = copy(*statements)
    assert read_through(path, find_written(published, path)).row_count == row_count


@CHANGES
def test_what_the_builder_has_loaded_tells_which_row_groups_were_written(
    published: Path, statements: tuple[str, ...], row_count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = published.with_name("copy.duckdb")
    shutil.copyfile(published, path)
    with closing(duckdb.connect(path)) as con:
        for statement in statements:
            con.execute(statement)
        con.execute("checkpoint")
        loaded = list_loaded_segments(con)
    monkeypatch.delattr("warehouse.read_back.list_segments")  # not needed
    assert read_through(path, find_written(published, path), loaded).row_count == row_count


def test_where_no_column_is_loaded_in_full_all_of_the_table_is_told(
    copy: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.segments._count_rows", lambda _: -1)
    with closing(duckdb.connect(copy())) as con:
        con.execute('update "big one" set remainder = 9 where number = 200_000')
        con.execute("checkpoint")
        loaded = list_loaded_segments(con)
        (catalog,) = con.execute("select current_catalog()").fetchall()[0]
        held = list_segments(con, catalog)
    assert loaded is not None
    of_table = pl.col("table_name") == "big one"
    assert_frame_equal(loaded.filter(of_table), held.filter(of_table), check_row_order=False)


def test_where_the_builder_does_not_explain_what_was_written_all_row_groups_are_asked(
    published: Path, copy: Callable[..., Path]
) -> None:
    path = copy('update "big one" set remainder = 9 where number = 200_000')
    written = find_written(published, path)
    assert read_through(path, written, SEGMENT.to_frame()).row_count == GROUP_ROWS


def test_blocks_that_are_neither_free_nor_of_metadata_hold_data(copy: Callable[..., Path]) -> None:
    path = copy(
        "create table more as select hash(range) as number from range(500_000)", "checkpoint", "drop table more"
    )
    with closing(duckdb.connect(path, read_only=True)) as con:
        segments = list_segments(con, "copy")
        (metadata,) = con.execute("select list(block_id) from pragma_metadata_info()").fetchall()[0]
    free = read_free_blocks(path)
    assert free
    assert read_through(path, frozenset()).held == frozenset(segments["block_id"]) - {NO_BLOCK} - set(metadata)
    assert not free & frozenset(segments["block_id"])


def damage(path: Path, table: str, column: str) -> None:
    """Write over a word of the last block that a column of a table lies in."""
    with closing(duckdb.connect(path, read_only=True)) as con:
        query = """
            select max(block_id), (select block_size from pragma_database_size())
            from pragma_storage_info($table) where column_name = $column
        """
        block, block_bytes = con.execute(query, {"table": table, "column": column}).fetchall()[0]
    with path.open("r+b") as file:
        file.seek(3 * 4096 + block * block_bytes + 1000)  # behind three headers
        file.write(struct.pack("<Q", 12345))


def test_of_a_row_group_only_the_columns_that_were_written_are_read(published: Path, copy: Callable[..., Path]) -> None:
    change(published, "create table more as select hash(range) as one, hash(range, 1) as other from range(50_000)")
    path = copy("update more set other = hash(other)")
    written = find_written(published, path)
    damage(path, "more", "one")
    assert read_through(path, written).row_count == 50_000
    damage(path, "more", "other")
    with pytest.raises(WarehouseError, match="checksum"):
        read_through(path, written)


def test_blocks_that_hold_data_are_told_and_those_of_metadata_are_not(published: Path) -> None:
    with closing(duckdb.connect(published, read_only=True)) as con:
        query = "select block_id from pragma_storage_info('big one') where block_id >= 0"
        data = {block for (block,) in con.execute(query).fetchall()}
        metadata = {block for (block,) in con.execute("select block_id from pragma_metadata_info()").fetchall()}
    held = read_through(published, frozenset()).held
    assert held >= data
    assert not held & metadata


def test_a_written_block_that_cannot_be_read_is_found(published: Path, copy: Callable[..., Path]) -> None:
    path = copy("create table more as select hash(range) as number from range(500_000)")
    damage(path, "more", "number")
    with pytest.raises(WarehouseError, match="checksum"):
        read_through(path, find_written(published, path))
