"""What to do about a wrong name in a query, for those who do not know the schema by heart.

The database names similar columns of the tables asked. In a star the column is mostly right, and in another table.
"""

import re
from typing import Final

import duckdb

_WRONG_COLUMN: Final = re.compile(
    r'Referenced column "(?P<one>[^"]+)" not found|have a column named "(?P<other>[^"]+)"'
)
_SHOWN_TABLE_COUNT: Final = 6
"""More tables help nobody: a column such as name is in most of them."""

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


def find_hint(con: duckdb.DuckDBPyConnection, sql: str, message: str) -> str:
    """Return what may be meant by a column that a query names and its tables do not have.

    Args:
        con: The warehouse that was asked.
        sql: The query.
        message: What the database says is wrong with it.

    Returns:
        One line; empty where the message is of something else, or nothing is known better.
    """
    found = _WRONG_COLUMN.search(message)
    if found is None:
        return ""
    name = found["one"] or found["other"]
    tables = [table for (table,) in con.execute(_TABLES_OF_COLUMN, [name]).fetchall()]
    if tables:
        more = ", ..." if len(tables) > _SHOWN_TABLE_COUNT else ""
        return f"{name} is a column of {', '.join(tables[:_SHOWN_TABLE_COUNT])}{more}"
    if f'"{name}"' in sql:
        text = name.replace("'", "''")
        return f"text stands in single quotes: '{text}'"
    return ""
