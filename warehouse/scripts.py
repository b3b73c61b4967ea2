"""The SQL that ships with the package: find it, run it.

Files are read as package resources, so that an installed wheel works like a checkout.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import duckdb

from warehouse.errors import WarehouseError

_STATEMENTS: Final[dict[str, list[duckdb.Statement]]] = {}
"""What was parsed, by its text. A parsed statement belongs to no connection, and may be run again and at the same time.

To parse is a third of what a statement costs that has little to do (DuckDB 2.0: 0.7 ms of CPU a file).
"""


@cache
def read_script(name: str) -> str:
    """Return the text of an SQL file.

    Args:
        name: Path below the package, such as ``sql/load/dim_date.sql``.
    """
    return files("warehouse").joinpath(name).read_text(encoding="utf-8")


def list_scripts(folder: str) -> list[str]:
    """Return the names of the SQL files in a folder of the package, sorted, each as ``read_script`` takes it."""
    found = files("warehouse").joinpath(folder).iterdir()
    return sorted(f"{folder}/{entry.name}" for entry in found if entry.name.endswith(".sql"))


def parse_statements(con: duckdb.DuckDBPyConnection, text: str) -> list[duckdb.Statement]:
    """Return the statements of an SQL text, parsed once in the life of a process.

    Args:
        con: Any open connection: its settings play no part.
        text: Of an SQL file, or made of one; not what users type, since it is kept.
    """
    if text not in _STATEMENTS:
        _STATEMENTS[text] = con.extract_statements(text)
    return _STATEMENTS[text]


def run_script(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run the statements of an SQL file in order.

    Args:
        con: An open connection.
        name: As for ``read_script``.
        parameters: Values for ``$name`` in the file; each statement takes those it names.

    Raises:
        WarehouseError: A statement names a parameter that was not given.
    """
    for statement in parse_statements(con, read_script(name)):
        missing = statement.named_parameters - parameters.keys()
        if missing:
            raise WarehouseError(f"{name} needs {sorted(missing)}: pass them to run_script")
        con.execute(statement, {key: parameters[key] for key in statement.named_parameters})


def run_tables(con: duckdb.DuckDBPyConnection, folder: str, *tables: str, **parameters: object) -> None:
    """Run the files of some tables in a folder of ``sql/load``, in the order given.

    Args:
        con: An open connection.
        folder: The folder's name.
        tables: The names of the files, without ending.
        parameters: As for ``run_script``.

    Raises:
        WarehouseError: A statement names a parameter that was not given.
    """
    for table in tables:
        run_script(con, f"sql/load/{folder}/{table}.sql", **parameters)


def list_batches(con: duckdb.DuckDBPyConnection, table: str) -> list[int]:
    """Return the numbers of the batches of one of our temporary tables, in order.

    Args:
        con: An open connection.
        table: The table, whose column ``batch_number`` it is.
    """
    return [number for (number,) in con.table(table).aggregate("batch_number").order("batch_number").fetchall()]
