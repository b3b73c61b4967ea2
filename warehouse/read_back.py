"""Read a file back before it is published: what cannot be read is found by the builder, and not by a reader.

DuckDB wrote blocks that it could not read back in some versions (duckdb issue 22823). A file that was built out of a
copy of the published one has most of its row groups where they were, and these were read when that was published; so
only those that were written since are read. Whoever writes a file anew (``warehouse.compact``, a first load) has all of
it read.
"""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import duckdb

from warehouse.connection import DEFAULT_MEMORY_LIMIT, attach_read_only, quote_text, translated_errors
from warehouse.errors import WarehouseError
from warehouse.scripts import read_script

LOGGER = logging.getLogger(__name__)

ALL_ROWS: Final = -1
"""In place of the number of a row: read all there are."""

SEGMENTS: Final = """
    create or replace temp table {place}_segment as
    select
        row_group_id,
        hash(column_path, segment_id, start, count, compression, segment_type, stats, block_id, block_offset,
            additional_block_ids) as part_hash,
        case when column_path = '[0]' then count else 0 end as row_count
    from pragma_storage_info({table})
"""
"""The parts of a table: columns of a row group, in pieces. The first column has the rows of the group."""


def read_through(path: Path, published: Path | None = None) -> int:
    """Read every value of every table of a file once, from disk, but for what the published file has in the same place.

    Args:
        path: A warehouse file nobody writes to.
        published: The published file that the other began as a copy of; None to read everything, as is done where it
            cannot be opened, because somebody writes to it or took it away.

    Returns:
        The number of rows read.

    Raises:
        WarehouseError: A table cannot be read.
    """
    if published is not None:
        try:
            return _read_files({"built": path, "published": published})
        except WarehouseError as error:
            # If it is the new file that cannot be read, reading all of it says so.
            LOGGER.info("all of the new file is read, as it cannot be compared with %s: %s", published, error)
    return _read_files({"built": path})


def _read_files(files: Mapping[str, Path]) -> int:
    """Read the file "built"; with "published" only what that has not; return the number of rows read."""
    with translated_errors(files["built"]), attach_read_only(memory_limit=DEFAULT_MEMORY_LIMIT, **files) as con:
        query = "select table_name from duckdb_tables() where database_name = $place"
        built, known = (
            [name for (name,) in con.execute(query, {"place": place}).fetchall()] for place in ("built", "published")
        )
        return sum(_read_table(con, table, is_known=table in known) for table in sorted(built))


def _read_table(con: duckdb.DuckDBPyConnection, table: str, *, is_known: bool) -> int:
    """Read the rows of a table that have to be, and return how many."""
    ranges = _list_written(con, table) if is_known else [(0, ALL_ROWS)]
    row_count = 0
    for first_row, after_row in ranges:
        # The name comes from the catalogue of our own migrations; an identifier cannot be a parameter.
        query = f'select count(*), bit_xor(hash(row_read)) from built.main."{table}" as row_read'  # noqa: S608 - see above
        if after_row != ALL_ROWS:
            query += f" where rowid >= {first_row} and rowid < {after_row}"
        row_count += con.execute(query).fetchall()[0][0]
    return row_count


def _list_written(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[int, int]]:
    """Return the ranges of rows that lie in row groups written since: the first row, and the one behind the last."""
    for place in ("built", "published"):
        qualified = f'{place}.main."{table}"'
        con.execute(SEGMENTS.format(place=place, table=quote_text(qualified)))
    groups = con.execute(read_script("sql/publish/row_group.sql")).fetchall()
    written = ((first_row, first_row + row_count) for first_row, row_count, is_written in groups if is_written)
    return list(_merge_ranges(written))


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
