"""What to do about a wrong name in a query, for those who do not know the schema by heart.

The database names similar columns of the tables asked. In a star the column is mostly right, and in another table: of
that name, or as the ``name`` of the dimension that it says (source_name: dim_source).
"""

import re
from itertools import islice
from typing import Final

import duckdb

_WRONG_COLUMN: Final = re.compile(
    r'Referenced column "(?P<one>[^"]+)" not found|have a column named "(?P<other>[^"]+)"'
)
_UNREAD_TABLE: Final = re.compile(r'Referenced table "(?P<name>[^"]+)" not found')
_WRONG_WORD: Final = re.compile(r'syntax error at or near "(?P<word>[a-z_]+)"', re.IGNORECASE)
_SHOWN_TABLE_COUNT: Final = 6
"""More tables help nobody: a column such as name is in most of them."""

_TRIED_PLACE_COUNT: Final = 20
"""So often a query is parsed again at most: no limit of time holds for a hint."""

_TABLES_OF_COLUMN: Final = """
    select col.table_name
    from duckdb_columns() as col
    left join duckdb_tables() as held on col.table_name = held.table_name
    where
        not col.internal
        and lower(col.column_name) = lower($1)
        and not starts_with(coalesce(held.comment, ''), 'Internal.')
    order by col.table_name
"""

_DIMENSION: Final = """
    select 'dim_' || $1
    from duckdb_columns()
    where not internal and table_name = 'dim_' || $1 and column_name in ('name', $1 || '_key')
    having count(*) = 2
"""
_KEYS_OF_TABLE: Final = """
    select column_name
    from duckdb_columns()
    where not internal and table_name = lower($1) and ends_with(column_name, '_key')
    order by column_index
"""


def find_hint(con: duckdb.DuckDBPyConnection, sql: str, message: str) -> str:
    """Return what may be meant by a word that the database does not understand.

    Args:
        con: The warehouse that was asked.
        sql: The query.
        message: What the database says is wrong with it.

    Returns:
        One line; empty where the message is of something else, or nothing is known better.
    """
    if found := _WRONG_WORD.search(message):
        return _find_missing_as(con, sql, found["word"])
    if found := _UNREAD_TABLE.search(message):
        return _name_keys(con, found["name"])
    if found := _WRONG_COLUMN.search(message):
        return _place_column(con, sql, found["one"] or found["other"])
    return ""


def _find_missing_as(con: duckdb.DuckDBPyConnection, sql: str, word: str) -> str:
    """Tell whether a query is SQL so far with ``as`` before a word: ``count(*) days`` is not, days is a word of SQL."""
    for place in islice(re.finditer(rf"\b{word}\b", sql), _TRIED_PLACE_COUNT):
        try:
            con.extract_statements(f"{sql[: place.start()]}as {sql[place.start() :]}")
        except duckdb.ParserException as error:
            next_wrong = _WRONG_WORD.search(str(error))
            if next_wrong is None or next_wrong["word"].lower() in {"as", word.lower()}:
                continue
        return f"{word} is a word of SQL: as the name of a column or table it needs as before it: as {word}"
    return ""


def _name_keys(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """Say by which keys a table can be joined that a query names and does not read."""
    keys = [key for (key,) in con.execute(_KEYS_OF_TABLE, [table]).fetchall()]
    return f"{table} is not in the from clause: join it, its keys are {', '.join(keys)}" if keys else ""


def _place_column(con: duckdb.DuckDBPyConnection, sql: str, name: str) -> str:
    """Say where a column is that the tables of a query do not have."""
    dimension = con.execute(_DIMENSION, [name.lower().removesuffix("_name")]).fetchone()
    if dimension is not None:
        return f"{dimension[0]}.name may be meant, joined by {dimension[0].removeprefix('dim_')}_key"
    tables = [table for (table,) in con.execute(_TABLES_OF_COLUMN, [name]).fetchall()]
    if tables:
        more = ", ..." if len(tables) > _SHOWN_TABLE_COUNT else ""
        return f"{name} is a column of {', '.join(tables[:_SHOWN_TABLE_COUNT])}{more}"
    if f'"{name}"' in sql:
        text = name.replace("'", "''")
        return f"text stands in single quotes: '{text}'"
    return ""
