"""The SQL that ships with the package: find it, run it.

Files are read as package resources, so that an installed wheel works like a checkout.
"""

from functools import cache
from importlib.resources import files

import duckdb

from warehouse.errors import WarehouseError


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


def run_script(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run the statements of an SQL file in order.

    Args:
        con: An open connection.
        name: As for ``read_script``.
        parameters: Values for ``$name`` in the file; each statement takes those it names.

    Raises:
        WarehouseError: A statement names a parameter that was not given.
    """
    for statement in con.extract_statements(read_script(name)):
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
