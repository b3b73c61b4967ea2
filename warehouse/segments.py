"""Tell in which blocks of a file the row groups of its tables lie, for ``warehouse.read_back``.

DuckDB tells it of all columns of a table at a time, for some 50 µs a piece: 3 s for a file of 5 GB. Where it knows how
(2.0; 1.5 does not), it tells it of those alone that a connection has loaded. So the connection that built a file is
asked: it loaded whatever it wrote, and of the rest what it read.
"""

from typing import Final

import duckdb
import polars as pl

from warehouse.connection import quote_text
from warehouse.contents import quote_name
from warehouse.scripts import read_script

SEGMENT: Final = pl.Schema(
    {"table_name": pl.String(), "first_row": pl.Int64(), "row_count": pl.Int64(), "block_id": pl.Int64()},
)
"""Grain: a row group x a block that a part of it lies in. first_row is the number of its first row (rowid)."""

_LOADED_ONLY: Final = "loaded_segments_only"

_CREATED: Final = """
    create or replace temp table built_segment (
        table_name varchar, row_group_id bigint, column_path varchar, block_ids bigint[], row_count bigint
    )
"""

_LISTED: Final = """
    insert into built_segment
    select
        $table_name as table_name,
        row_group_id,
        column_path,
        list_concat([block_id], additional_block_ids) as block_ids,
        count as row_count
    from pragma_storage_info({arguments})
"""
"""The parts of a table: columns of a row group, in pieces. The pieces of a column, [0] or [12], have all rows of the
group together; what a column is made of, such as [0, 0], has others."""

_COUNTED: Final = """
    select sum(row_count) as row_count
    from built_segment
    where table_name = $table_name and not contains(column_path, ',')
    group by column_path
    order by row_count desc
    limit 1
"""

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
    con.execute(_CREATED)
    for table_name, _, _ in con.execute(_TABLES, {"catalog": catalog}).fetchall():
        _list_table(con, catalog, table_name, "")
    return _read_listed(con)


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
    con.execute(_CREATED)
    (catalog,) = con.execute("select current_catalog()").fetchall()[0]
    for table_name, first_column, row_count in con.execute(_TABLES, {"catalog": catalog}).fetchall():
        _list_table(con, catalog, table_name, f", {_LOADED_ONLY} = true")
        # Where a row group begins is known from the rows of all before it: so some column has to be loaded in full.
        if con.execute(_COUNTED, {"table_name": table_name}).fetchall() not in ([], [(row_count,)]):
            query = f"select max({quote_name(first_column)}) from {quote_name(table_name)}"  # noqa: S608 - quoted
            con.execute(query).fetchall()
            con.execute("delete from built_segment where table_name = $table_name", {"table_name": table_name})
            _list_table(con, catalog, table_name, f", {_LOADED_ONLY} = true")
    return _read_listed(con)


def _list_table(con: duckdb.DuckDBPyConnection, catalog: str, table_name: str, option: str) -> None:
    """Add what is told of a table."""
    arguments = quote_text(f"{catalog}.main.{quote_name(table_name)}") + option
    con.execute(_LISTED.format(arguments=arguments), {"table_name": table_name})


def _read_listed(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return what was told, and forget it."""
    listed: pl.DataFrame = con.sql(read_script("sql/publish/segment.sql")).pl()
    con.execute("drop table built_segment")
    return listed.cast(SEGMENT)
