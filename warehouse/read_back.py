"""Read a file back before it is published: what cannot be read is found by the builder, and not by a reader.

DuckDB wrote blocks that it could not read back in some versions (duckdb issue 22823). A file that was built out of a
copy of the published one has most of its blocks where they were, and these were read when that was published; so only
row groups that lie in blocks written since are read (``warehouse.blocks`` knows them). Whoever writes a file anew
(``warehouse.compact``, a first load) has all of it read.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from warehouse.connection import DEFAULT_MEMORY_LIMIT, attach_read_only, quote_text
from warehouse.scripts import read_script

LOGGER = logging.getLogger(__name__)

ALL_ROWS: Final = -1
"""In place of the number of a row: read all there are."""

SEGMENTS: Final = """
    create or replace temp table built_segment as
    select
        row_group_id,
        list_concat([block_id], additional_block_ids) as block_ids,
        case when column_path = '[0]' then count else 0 end as row_count
    from pragma_storage_info({table})
"""
"""The parts of a table: columns of a row group, in pieces. The first column has the rows of the group."""

HELD_BLOCKS: Final = """
    select distinct unnest(block_ids) as block_id
    from built_segment
"""

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


def read_through(path: Path, written: frozenset[int] | None = None) -> ReadBack:
    """Read every value of every table of a file once, from disk, but for what lies in blocks that were read before.

    Args:
        path: A warehouse file nobody writes to.
        written: Blocks that were written since the file was read; None to read everything.

    Raises:
        WarehouseError: A table cannot be read.
    """
    with attach_read_only(memory_limit=DEFAULT_MEMORY_LIMIT, built=path) as con:
        query = "select table_name from duckdb_tables() where database_name = 'built'"
        tables = sorted(name for (name,) in con.execute(query).fetchall())
        if written is None:
            row_count = sum(_read_rows(con, table, [(0, ALL_ROWS)]) for table in tables)
            return ReadBack(row_count=row_count, held=frozenset())
        query = "create temp table written_block as select unnest(cast($blocks as bigint[])) as block_id"
        con.execute(query, {"blocks": sorted(written)})
        row_count, held = 0, set[int]()
        for table in tables:
            con.execute(SEGMENTS.format(table=quote_text(f'built.main."{table}"')))
            row_count += _read_rows(con, table, _list_written(con))
            held.update(_read_blocks(con, HELD_BLOCKS))
        return ReadBack(row_count=row_count, held=frozenset(held.difference(_read_blocks(con, METADATA_BLOCKS))))


def _read_blocks(con: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    """Return the blocks that a query gives; constants lie in none, which is told as null or -1."""
    return [block for (block,) in con.execute(query).fetchall() if block is not None and block >= 0]


def _read_rows(con: duckdb.DuckDBPyConnection, table: str, ranges: list[tuple[int, int]]) -> int:
    """Read ranges of the rows of a table, and return how many there are."""
    row_count = 0
    for first_row, after_row in ranges:
        # The name comes from the catalogue of our own migrations; an identifier cannot be a parameter.
        query = f'select count(*), bit_xor(hash(row_read)) from built.main."{table}" as row_read'  # noqa: S608 - see above
        if after_row != ALL_ROWS:
            query += f" where rowid >= {first_row} and rowid < {after_row}"
        row_count += con.execute(query).fetchall()[0][0]
    return row_count


def _list_written(con: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Return the ranges of rows that lie in row groups written since: the first row, and the one behind the last."""
    groups = con.execute(read_script("sql/publish/row_group.sql")).fetchall()
    return list(_merge_ranges((first_row, first_row + row_count) for first_row, row_count in groups))


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
