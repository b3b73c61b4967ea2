"""Prove that the warehouse keeps its promises, before anybody reads it.

A check is a query in ``warehouse/sql/checks`` that returns the bad rows; none returned is a pass. They stand in for the
primary and foreign keys the tables do without: orphans, grain, offsets, accounting.
"""

import logging
from collections.abc import Sequence
from typing import Final

import duckdb

from warehouse.errors import CheckFailedError, CheckFailure
from warehouse.scripts import list_scripts, read_script

LOGGER = logging.getLogger(__name__)

SHOWN_ROWS: Final = 5
"""Bad rows an error shows of each check: enough to see the pattern, few enough to read."""


def list_checks() -> list[str]:
    """Return the names of all checks, sorted."""
    return [script.rpartition("/")[2].removesuffix(".sql") for script in list_scripts("sql/checks")]


def run_checks(con: duckdb.DuckDBPyConnection, names: Sequence[str] | None = None) -> int:
    """Run the checks.

    Args:
        con: A connection to the file under construction, everything loaded, the record of the run included.
        names: Checks to run, as ``list_checks`` names them; without it all of them.

    Returns:
        How many checks passed.

    Raises:
        CheckFailedError: At least one found bad rows; the error carries all that did.
    """
    chosen = list_checks() if names is None else names
    failures = [failure for failure in (find_failure(con, name) for name in chosen) if failure is not None]
    if failures:
        raise CheckFailedError(failures)
    LOGGER.debug("%d checks passed", len(chosen))
    return len(chosen)


def find_failure(con: duckdb.DuckDBPyConnection, name: str) -> CheckFailure | None:
    """Run one check.

    Args:
        con: A connection to a warehouse.
        name: The check, as ``list_checks`` names it.

    Returns:
        What it found, or None when it passes.
    """
    bad = con.sql(read_script(f"sql/checks/{name}.sql"))
    rows = bad.limit(SHOWN_ROWS).pl().rows(named=True)
    if not rows:
        return None
    row_count = bad.aggregate("count(*) as row_count").pl().item()
    return CheckFailure(check=name, row_count=row_count, rows=tuple(rows))
