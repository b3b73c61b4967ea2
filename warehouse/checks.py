"""Prove that the warehouse keeps its promises, before anybody reads it.

A check is a query in ``warehouse/sql/checks`` that returns the bad rows; none returned is a pass. They stand in for the
primary and foreign keys the tables do without: orphans, grain, offsets, accounting.

``run_checks`` looks at the whole warehouse, and takes as long as that is large: for the night. ``check_load`` looks at
what a load counted, and takes as long as that is; where that is most of what there is, it looks at the whole. Both run
the same queries. For a load, those in ``sql/checks/article``, ``day`` and ``entity`` see in place of each large table a
temporary one of the same name, which has a part of its rows: ``sql/narrowing`` says which. Those in ``sql/checks``
itself are of small tables and always see the whole; those in ``sql/checks/whole`` have no part that stands for itself,
and are left to the night.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Final

import duckdb

from warehouse.errors import CheckFailedError, CheckFailure
from warehouse.scripts import list_scripts, parse_statements, read_script, run_script
from warehouse.watermarks import end_load

LOGGER = logging.getLogger(__name__)

SHOWN_ROWS: Final = 5
"""Bad rows an error shows of each check: enough to see the pattern, few enough to read."""

NARROWINGS: Final = ("article", "day", "entity")
"""Folders of checks that a load runs on a part of the tables, each by the script of its name in ``sql/narrowing``."""

SAMPLED_ENTITY_COUNT: Final = 100
"""Entities of a load that are counted again over all their articles. A rule that counts wrongly does so for many."""

SAMPLED_ARTICLE_COUNT: Final = 1_000
"""None of them is named in more articles: those that all articles name have most of all rows."""

NARROWED_PREFIX: Final = "narrowed_"

LEAST_WHOLE_COUNT: Final = 100_000
"""A load that counted so many versions, and every other one there is, has the whole checked: a copy of half the rows
costs as much. Of a million articles 100,000 cost 40 s of CPU, 300,000 cost 100, and the whole 155."""


@cache
def _find_checks() -> dict[str, str]:
    """Return the script of each check by its name."""
    folders = ("sql/checks", "sql/checks/whole", *(f"sql/checks/{name}" for name in NARROWINGS))
    scripts = [script for folder in folders for script in list_scripts(folder)]
    return {script.rpartition("/")[2].removesuffix(".sql"): script for script in scripts}


def list_checks(folder: str | None = None) -> list[str]:
    """Return the names of checks, sorted.

    Args:
        folder: One of ``NARROWINGS`` or "whole"; "" for those that are in no folder; without it all.
    """
    if folder is None:
        return sorted(_find_checks())
    within = f"sql/checks/{folder}".rstrip("/")
    return sorted(name for name, script in _find_checks().items() if script.rpartition("/")[0] == within)


def run_checks(con: duckdb.DuckDBPyConnection, names: Sequence[str] | None = None) -> int:
    """Run checks over the whole warehouse.

    Args:
        con: A connection to the warehouse, everything loaded, the record of the run included.
        names: Checks to run, as ``list_checks`` names them; without it all of them.

    Returns:
        How many checks passed.

    Raises:
        CheckFailedError: At least one found bad rows; the error carries all that did.
    """
    chosen = list_checks() if names is None else names
    return _raise_failures(_run(con, chosen), len(chosen))


def check_load(con: duckdb.DuckDBPyConnection, names: Sequence[str] | None = None) -> int:
    """Run the checks on what was loaded since the connection was opened, or on all, where that is most of it.

    Args:
        con: The connection that loaded, everything counted, the record of the run included. Nothing more is loaded with
            it: what it remembers of the load may be gone.
        names: Checks to run, as ``list_checks`` names them; without it all but those that are left to the night.

    Returns:
        How many checks passed.

    Raises:
        CheckFailedError: At least one found bad rows; the error carries all that did.
    """
    wanted = set(list_checks() if names is None else names)
    if _is_most_counted(con):
        end_load(con)
        return run_checks(con, sorted(wanted.difference(list_checks("whole"))))
    small = sorted(wanted.intersection(list_checks("")))
    failures, check_count = _run(con, small), len(small)
    for narrowing in NARROWINGS:
        chosen = sorted(wanted.intersection(list_checks(narrowing)))
        if chosen:
            with _narrowed(con, narrowing):
                failures += _run(con, chosen)
        check_count += len(chosen)
    return _raise_failures(failures, check_count)


def find_failure(con: duckdb.DuckDBPyConnection, name: str) -> CheckFailure | None:
    """Run one check.

    Args:
        con: A connection to a warehouse.
        name: The check, as ``list_checks`` names it.

    Returns:
        What it found, or None when it passes.
    """
    query = read_script(_find_checks()[name])
    (first_row,) = parse_statements(con, f"from ({query.rstrip().removesuffix(';')}\n) limit 1")
    if not con.execute(first_row).fetchall():
        return None
    bad = con.sql(query)
    rows = bad.limit(SHOWN_ROWS).pl().rows(named=True)
    row_count = bad.aggregate("count(*) as row_count").pl().item()
    return CheckFailure(check=name, row_count=row_count, rows=tuple(rows))


def _is_most_counted(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the connection counted so much that a part of the tables is no less than the whole."""
    query = "select count(*) from duckdb_tables() where temporary and table_name = 'recounted_article'"
    if con.execute(query).fetchall() == [(0,)]:
        return False
    query = "select count(distinct article_key), (select count(*) from fact_article) from recounted_article"
    ((counted_count, version_count),) = con.execute(query).fetchall()
    return bool(counted_count >= LEAST_WHOLE_COUNT and 2 * counted_count >= version_count)


def _run(con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[CheckFailure]:
    return [failure for failure in (find_failure(con, name) for name in names) if failure is not None]


def _raise_failures(failures: Sequence[CheckFailure], check_count: int) -> int:
    """Raise if there are any; else return how many checks passed."""
    if failures:
        raise CheckFailedError(sorted(failures, key=lambda failure: failure.check))
    LOGGER.debug("%d checks passed", check_count)
    return check_count


@contextmanager
def _narrowed(con: duckdb.DuckDBPyConnection, narrowing: str) -> Iterator[None]:
    """Let the names of large tables mean the part that a load changed: a temporary table hides one of the file."""
    run_script(
        con,
        f"sql/narrowing/{narrowing}.sql",
        sample_count=SAMPLED_ENTITY_COUNT,
        article_count=SAMPLED_ARTICLE_COUNT,
    )
    query = "select table_name from duckdb_tables() where temporary and starts_with(table_name, $prefix)"
    made = [name for (name,) in con.execute(query, {"prefix": NARROWED_PREFIX}).fetchall()]
    tables = [name.removeprefix(NARROWED_PREFIX) for name in made]
    for name, table in zip(made, tables, strict=True):
        con.execute(f"alter table temp.{name} rename to {table}")
    try:
        yield
    finally:
        for table in tables:
            con.execute(f"drop table temp.{table}")
