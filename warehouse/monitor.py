"""What somebody who watches runs asks of the published warehouse: what is new, and what is not well."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from warehouse.connection import Connection
from warehouse.published import open_published
from warehouse.scripts import read_script

Row = dict[str, Any]

MAX_ENTITY_COUNT: Final = 15


def read_new_entities(path: Path, *, run_key: int, row_limit: int = MAX_ENTITY_COUNT) -> list[Row]:
    """Return the entities that a run was the first to find: name, entity_type, article_count, mention_count.

    Args:
        path: The published warehouse.
        run_key: The run.
        row_limit: How many at most, those with most mentions first.

    Raises:
        WarehouseError: There is no warehouse, or it cannot be read.
    """
    with open_published(path) as con:
        return _fetch(con, "new_entities", run_key=run_key, row_limit=row_limit)


def read_troubles(path: Path, *, since: date) -> list[Row]:
    """Return what was not well with outlets since a day: source_id, source_name, date, measure, status, reason.

    Args:
        path: The published warehouse; without one nothing is known.
        since: The first day (UTC).

    Raises:
        WarehouseError: It cannot be read.
    """
    if not path.exists():
        return []
    with open_published(path) as con:
        return _fetch(con, "source_troubles", since=since)


def _fetch(con: Connection, name: str, **parameters: object) -> list[Row]:
    """Return the rows of a query in sql/queries."""
    frame = con.sql(read_script(f"sql/queries/{name}.sql"), params=parameters).pl()
    rows: list[Row] = frame.rows(named=True)
    return rows
