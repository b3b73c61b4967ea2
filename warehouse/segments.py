"""Tell in which blocks of a file the row groups of its tables lie, for ``warehouse.read_back``.

DuckDB tells it of all columns of a table at a time, for some 50 µs a piece: 3 s for a file of 5 GB. It can tell it of
those alone that a connection has loaded. So the connection that built a file is asked: it loaded whatever it wrote, and
of the rest what it read.
"""

from typing import Final

import duckdb
import polars as pl

from warehouse.connection import quote_text, registered
from warehouse.contents import quote_name
from warehouse.scripts import read_script

NO_BLOCK: Final = -1
"""What is said of a constant: it lies beside the list of row groups."""

SEGMENT: Final = pl.Schema(
    {
        "table_name": pl.String(),
        "first_row": pl.Int64(),
        "row_count": pl.Int64(),
        "column_name": pl.String(),
        "block_id": pl.Int64(),
    },
)
"""Grain: a column of a row group x a block that a part of it lies in, or NO_BLOCK. first_row is the number of the first
row of the row group (rowid)."""

_LOADED_ONLY: Final = "loaded_segments_only"

_PIECE: Final = pl.Schema(
    {
        "table_name": pl.String(),
        "row_group_id": pl.Int64(),
        "column_name": pl.String(),
        "column_path": pl.String(),
        "block_id": pl.Int64(),
        "row_count": pl.Int64(),
    },
)
"""The parts of a table: columns of a row group, in pieces; one row a block that a piece lies in, of which the first
has the rows of the piece. The pieces of a column, [0] or [12], have all rows of the group together; what a column is
made of, such as [0, 0], has others."""

_LISTED: Final = """
    select
        {table_name} as table_name,
        row_group_id,
        column_name,
        column_path,
        unnest(list_concat([block_id], additional_block_ids)) as block_id,
        unnest([count]) as row_count
    from pragma_storage_info({arguments})
"""
"""Blocks stand in rows of their own: of lists polars makes a series each, a third of the cost of all. Without
parameters: DuckDB looks for the pieces while it prepares a statement, twice if that has any."""

_TABLES: Final = """
    select
        tables.table_name,
        columns.column_name,
        tables.estimated_size as row_count
    from duckdb_tables() as tables
    inner join duckdb_columns() as columns
        on tables.table_oid = columns.table_oid and tables.database_oid = columns.database_oid
    where tables.database_name = $catalog and columns.column_index in (0, 1) and not tables.temporary
    qualify row_number() over (partition by tables.table_oid order by columns.column_index) = 1
    order by tables.table_name
"""
"""Each table with its first column, and with its rows, those among them that were deleted and are still there."""


def list_segments(con: duckdb.DuckDBPyConnection, catalog: str) -> pl.DataFrame:
    """Return the blocks of all row groups of a file: SEGMENT rows.

    Args:
        con: A connection to which the file is attached.
        catalog: The name that it is attached by.
    """
    tables = con.execute(_TABLES, {"catalog": catalog}).fetchall()
    return _find_segments(con, [_list_table(con, catalog, table_name, "") for table_name, _, _ in tables])


def list_loaded_segments(con: duckdb.DuckDBPyConnection) -> pl.DataFrame | None:
    """Return the blocks of the row groups that a connection has loaded: SEGMENT rows; all that it wrote are among them.

    Args:
        con: The connection that built a file, behind its checkpoint.

    Returns:
        The rows; None where DuckDB does not tell what is loaded.
    """
    query = "select 1 from duckdb_functions() where function_name = $name and list_contains(parameters, $parameter)"
    if not con.execute(query, {"name": "pragma_storage_info", "parameter": _LOADED_ONLY}).fetchall():
        return None
    (catalog,) = con.execute("select current_catalog()").fetchall()[0]
    tables = con.execute(_TABLES, {"catalog": catalog}).fetchall()
    return _find_segments(con, [_list_loaded(con, catalog, *table) for table in tables])


def _list_loaded(
    con: duckdb.DuckDBPyConnection, catalog: str, table_name: str, first_column: str, row_count: int
) -> pl.DataFrame:
    """Return what is told of the parts of a table that a connection has loaded, or of all of them: _PIECE rows.

    Args:
        con: The connection.
        catalog: The name that its file is attached by.
        table_name: The table.
        first_column: Its first column.
        row_count: Its rows, those among them that were deleted and are still there.
    """
    option = f", {_LOADED_ONLY} = true"
    pieces = _list_table(con, catalog, table_name, option)
    # Where a row group begins is known from the rows of all before it: so some column has to be loaded in full.
    if pieces.is_empty() or _count_rows(pieces) == row_count:
        return pieces
    con.execute(f"select max({quote_name(first_column)}) from {quote_name(table_name)}").fetchall()  # noqa: S608 - quoted
    pieces = _list_table(con, catalog, table_name, option)
    # Of a number that is answered by statistics; it loads the column all the same (2.0), which nobody promises.
    return pieces if _count_rows(pieces) == row_count else _list_table(con, catalog, table_name, "")


def _list_table(con: duckdb.DuckDBPyConnection, catalog: str, table_name: str, option: str) -> pl.DataFrame:
    """Return what is told of the parts of a table: _PIECE rows."""
    arguments = quote_text(f"{catalog}.main.{quote_name(table_name)}") + option
    rows = con.execute(_LISTED.format(table_name=quote_text(table_name), arguments=arguments)).fetchall()
    return pl.DataFrame(rows, schema=_PIECE, orient="row")


def _count_rows(pieces: pl.DataFrame) -> int:
    """Return how many rows the column of a table has that is told of in most; 0 where none is told of."""
    columns = pieces.filter(~pl.col("column_path").str.contains(",", literal=True))
    return max(columns.group_by("column_path").agg(pl.col("row_count").sum())["row_count"], default=0)


def _find_segments(con: duckdb.DuckDBPyConnection, pieces: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the blocks of the row groups that the pieces of all tables are of: SEGMENT rows."""
    with registered(con, built_segment=pl.concat([_PIECE.to_frame(), *pieces])):
        listed: pl.DataFrame = con.sql(read_script("sql/publish/segment.sql")).pl()
    return listed.cast(SEGMENT)
