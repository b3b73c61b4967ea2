"""What counts as contents fits the tables that there are."""

import duckdb

from warehouse.contents import AUDIT_TABLES, ROW_KEYS, is_audit_column, list_content_columns, list_key_columns


def read_columns(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return table -> columns."""
    query = (
        "select table_name, list(column_name) from duckdb_columns() join duckdb_tables() using (table_name) group by 1"
    )
    return dict(con.execute(query).fetchall())


def test_every_key_is_of_columns_that_there_are(con: duckdb.DuckDBPyConnection) -> None:
    columns = read_columns(con)
    missing = {(table, key) for table, keys in ROW_KEYS.items() for key in keys if key not in columns[table]}
    assert missing == set()


def test_every_public_table_has_a_key(con: duckdb.DuckDBPyConnection) -> None:
    query = "select table_name from duckdb_tables() where comment not like 'Internal.%'"
    public = {table for (table,) in con.execute(query).fetchall()}
    assert public - AUDIT_TABLES == set(ROW_KEYS)


def test_columns_that_say_audit_are_audit_and_no_others(con: duckdb.DuckDBPyConnection) -> None:
    query = "select table_name, column_name, comment like 'Audit:%' from duckdb_columns() where not internal"
    wrong = [
        (table, column)
        for table, column, says_audit in con.execute(query).fetchall()
        if table not in AUDIT_TABLES and is_audit_column(column) != bool(says_audit)
    ]
    assert wrong == []


def test_of_a_table_without_a_key_all_columns_are_it() -> None:
    assert list_key_columns("word", list_content_columns(["word", "run_key", "ingested_at"])) == ["word"]
