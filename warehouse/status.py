"""What the published warehouse holds and how it came there, for ``dateline status`` and the summary of a run."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from warehouse.connection import Connection
from warehouse.migrate import read_applied_checksums
from warehouse.published import open_current
from warehouse.scripts import read_script

DEFAULT_ROWS: Final = 5

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """How much there is.

    Attributes:
        article_count: Articles, each once, whatever its versions.
        version_count: Versions of articles: rows of fact_article.
        source_count: Outlets.
        mention_count: Rows of fact_entity_mention, all versions.
        entity_count: Entities that are mentioned.
        first_published_date: The day (UTC) of the oldest dated version; None when none is dated.
        last_published_date: The day of the newest.
    """

    article_count: int
    version_count: int
    source_count: int
    mention_count: int
    entity_count: int
    first_published_date: date | None
    last_published_date: date | None


@dataclass(frozen=True, kw_only=True)
class Status:
    """What a person asks of a warehouse. The rows have the columns of the query of the same name in sql/queries.

    Attributes:
        holdings: How much there is.
        schema_version: The number of the last migration.
        byte_count: Size of the file.
        top_names: The entities with most mentions in current versions.
        top_sources: The outlets with most articles.
        coverage: Outlets that are fetched, and how many days went how.
        last_runs: Loads, the last one first.
        rejects: Reasons for which documents were refused, over all runs.
        removed_lines: Rules by which lines were taken off as page furniture.
    """

    holdings: Holdings
    schema_version: int
    byte_count: int
    top_names: list[Row]
    top_sources: list[Row]
    coverage: list[Row]
    last_runs: list[Row]
    rejects: list[Row]
    removed_lines: list[Row]


def read_status(path: Path, *, row_limit: int = DEFAULT_ROWS, run_limit: int = DEFAULT_ROWS) -> Status:
    """Return what the published warehouse holds.

    Args:
        path: The published warehouse.
        row_limit: Names and outlets listed at most.
        run_limit: Loads listed at most.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        MigrationError: The file was written by newer code, or by older code.
        WarehouseError: The file cannot be read.
    """
    with open_current(path) as con:
        return Status(
            holdings=Holdings(**_fetch(con, "holdings")[0]),
            schema_version=max(read_applied_checksums(con), default=0),
            byte_count=path.stat().st_size,
            top_names=_fetch(con, "top_names", row_limit=row_limit),
            top_sources=_fetch(con, "top_sources", row_limit=row_limit),
            coverage=_fetch(con, "source_coverage", row_limit=row_limit),
            last_runs=_fetch(con, "last_runs", row_limit=run_limit),
            rejects=_fetch(con, "rejects"),
            removed_lines=_fetch(con, "removed_lines"),
        )


def _fetch(con: Connection, name: str, **parameters: int) -> list[Row]:
    """Return the rows of a query in sql/queries."""
    frame = con.sql(read_script(f"sql/queries/{name}.sql"), params=parameters or None).pl()
    rows: list[Row] = frame.rows(named=True)
    return rows
