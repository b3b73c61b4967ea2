"""Read a file back before it is published: what cannot be read is found by the builder, and not by a reader.

DuckDB wrote blocks that it could not read back in some versions (duckdb issue 22823). A file that was built out of a
copy of the published one has most of its blocks where they were, and these were read when that was published; so only
what lies in blocks written since is read, of each row group the columns that do (``warehouse.blocks`` knows the
blocks): where one is changed in place the others stay where they are. Whoever writes a file anew
(``warehouse.compact``, a first load) has all of it read.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from warehouse.blocks import read_free_blocks
from warehouse.connection import attach_read_only
from warehouse.contents import quote_name
from warehouse.limits import DEFAULT_MEMORY_LIMIT
from warehouse.segments import NO_BLOCK, list_segments

LOGGER = logging.getLogger(__name__)

ALL_ROWS: Final = -1
"""In place of the number of a row: read all there are."""

BLOCK_COUNTS: Final = "select total_blocks, free_blocks from pragma_database_size() where database_name = 'built'"
METADATA_BLOCKS: Final = "select block_id from pragma_metadata_info('built')"


@dataclass(frozen=True, kw_only=True)
class ReadBack:
    """What reading a file back found.

    Attributes:
        row_count: Rows that were read.
        held: Blocks that hold data, and nothing else; none where all of the file was read.
    """

    row_count: int
    held: frozenset[int]


def read_through(path: Path, written: frozenset[int] | None = None, loaded: pl.DataFrame | None = None) -> ReadBack:
    """Read every value of every table of a file once, from disk, but for what lies in blocks that were read before.

    Args:
        path: A warehouse file nobody writes to.
        written: Blocks that were written since the file was read; None to read everything.
        loaded: SEGMENT rows: where the row groups lie that the connection had loaded which wrote the file. Where they
            do not explain all blocks that were written, and without them, DuckDB is asked for those of all row groups.

    Raises:
        WarehouseError: A table cannot be read.
    """
    with attach_read_only(memory_limit=DEFAULT_MEMORY_LIMIT, built=path) as con:
        if written is None:
            query = "select table_name from duckdb_tables() where database_name = 'built'"
            tables = sorted(name for (name,) in con.execute(query).fetchall())
            row_count = sum(_read_rows(con, table, "row_read", [(0, ALL_ROWS)]) for table in tables)
            return ReadBack(row_count=row_count, held=frozenset())
        held, segments = _find_held(con, path), loaded
        if held is None or segments is None or not (held & written).issubset(segments["block_id"]):
            segments = list_segments(con, "built")
            held = frozenset(segments["block_id"]) - {NO_BLOCK} - _find_metadata(con)
        row_count = sum(_read_rows(con, *part) for part in _list_written(segments, written))
        return ReadBack(row_count=row_count, held=held)


def _find_held(con: duckdb.DuckDBPyConnection, path: Path) -> frozenset[int] | None:
    """Return the blocks that hold data: those that are neither free nor of metadata; None where they cannot be told."""
    free = read_free_blocks(path)
    block_count, free_count = con.execute(BLOCK_COUNTS).fetchall()[0]
    if free is None or len(free) != free_count:
        return None
    return frozenset(range(block_count)) - free - _find_metadata(con)


def _find_metadata(con: duckdb.DuckDBPyConnection) -> frozenset[int]:
    """Return the blocks that DuckDB writes over in place."""
    return frozenset(block for (block,) in con.execute(METADATA_BLOCKS).fetchall())


def _read_rows(con: duckdb.DuckDBPyConnection, table: str, columns: str, ranges: list[tuple[int, int]]) -> int:
    """Read columns of ranges of the rows of a table, and return how many rows there are."""
    row_count = 0
    for first_row, after_row in ranges:
        # The names come from the catalogue of our own migrations; an identifier cannot be a parameter.
        query = f'select count(*), bit_xor(hash({columns})) from built.main."{table}" as row_read'  # noqa: S608 - see above
        if after_row != ALL_ROWS:
            query += f" where rowid >= {first_row} and rowid < {after_row}"
        row_count += con.execute(query).fetchall()[0][0]
    return row_count


def _list_written(segments: pl.DataFrame, written: frozenset[int]) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Yield tables with columns, as SQL has them, and the ranges of rows of which these were written since.

    A range is its first row and the one behind it. Of a row group that was written the constants are read, too.
    """
    row_group = ["table_name", "first_row", "row_count"]
    is_written = pl.col("block_id").is_in(sorted(written))
    groups = (
        segments.filter(is_written.any().over(row_group), is_written | (pl.col("block_id") == NO_BLOCK))
        .group_by(row_group)
        .agg(pl.col("column_name").unique().sort())
        .sort(row_group)
    )
    ranges: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for table, first_row, row_count, names in groups.iter_rows():
        columns = ", ".join(quote_name(name) for name in names)
        ranges.setdefault((table, columns), []).append((first_row, first_row + row_count))
    for (table, columns), found in ranges.items():
        yield table, columns, list(_merge_ranges(iter(found)))


def _merge_ranges(ranges: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sorted ranges, those that follow each other without a gap as one.

    Examples:
        >>> list(_merge_ranges(iter([(0, 5), (5, 7), (9, 12)])))
        [(0, 7), (9, 12)]
    """
    start = end = None
    for first, after in ranges:
        if start is not None and end is not None and first != end:
            yield start, end
            start = first
        start = first if start is None else start
        end = after
    if start is not None and end is not None:
        yield start, end
