"""The status of a warehouse as a person reads it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from flows.ledger.standing import Ledger
from flows.terminal import make_console, print_rows
from transforms.rejects import REASONS
from warehouse.status import SourceStatus, Status

MAX_UNMET_COUNT: Final = 10
MAX_UNLOADED_COUNT: Final = 10

Row = dict[str, Any]

_COVERAGE_COLUMNS: Final = (
    *("source_name", "last_fetched_date", "last_status"),
    *("good_day_count", "partial_day_count", "error_day_count", "gap_day_count", "loaded_count", "rejected_count"),
)
_EXPECTATION_COLUMNS: Final = ("source_name", "date", "measure", "status", "reason")

_STATE_COLUMNS: Final = ("state", "interval_count", "source_count", "first", "last", "read_count", "attempt_count")
_UNLOADED_COLUMNS: Final = ("interval", "source_id", "state", "attempt_count", "loaded_before", "detail")


def print_status(status: Status, path: Path, *, console: Console | None = None) -> None:
    """Print a status to standard output.

    Args:
        status: What the warehouse holds.
        path: Where it is.
        console: Where to print; standard output when left out.
    """
    console = make_console() if console is None else console
    _print_holdings(console, status, path)
    print_rows(
        console, "sources", status.top_sources, ("name", "article_count", "mention_count", "last_published_date")
    )
    print_rows(console, "named most", status.top_names, ("name", "entity_type", "mention_count", "article_count"))
    print_rows(console, "fetched, days by how they went", status.coverage, _COVERAGE_COLUMNS)
    print_rows(console, "not as expected, last day judged", status.unmet[:MAX_UNMET_COUNT], _EXPECTATION_COLUMNS)
    if len(status.unmet) > MAX_UNMET_COUNT:
        console.print(f"and {len(status.unmet) - MAX_UNMET_COUNT:,} more: --sources shows all")
    runs = [{**row, "started_at": f"{row['started_at']:%Y-%m-%d %H:%M:%S}"} for row in status.last_runs]
    counts = ("read_count", "loaded_count", "unchanged_count", "duplicate_count", "rejected_count", "unsupported_count")
    print_rows(console, "last runs (UTC)", runs, ("started_at", "duration_seconds", *counts, "model_label"))
    rejects = [{**row, "meaning": REASONS.get(row["reason"], "")} for row in status.rejects]
    columns = ("reason", "document_count", "meaning", "example_uri", "example_detail")
    print_rows(console, "rejected, all runs", rejects, columns)
    print_rows(console, "page furniture removed", status.removed_lines, ("rule", "removed_count", "example_line"))


def print_source_status(status: SourceStatus, *, console: Console | None = None) -> None:
    """Print how the days of all outlets went to standard output.

    Args:
        status: What the warehouse holds of them.
        console: Where to print; standard output when left out.
    """
    console = make_console() if console is None else console
    print_rows(console, "fetched, days by how they went", status.coverage, _COVERAGE_COLUMNS)
    print_rows(console, "expected, last day judged", status.expectations, _EXPECTATION_COLUMNS)
    if not status.coverage and not status.expectations:
        console.print("no articles yet, and nothing fetched")


def print_ledger(ledger: Ledger, *, console: Console | None = None) -> None:
    """Print what has become of intervals to standard output: how many stand at what, and which the last attempt left.

    Args:
        ledger: What has become of them.
        console: Where to print; standard output when left out.
    """
    console = make_console() if console is None else console
    print_rows(console, "intervals, by how the last attempt went", _sum_ledger(ledger), _STATE_COLUMNS)
    unloaded = [_add_loaded_before(row) for row in list_intervals(ledger) if row["state"] != "success"]
    print_rows(
        console, "intervals that the last attempt did not load (UTC)", unloaded[:MAX_UNLOADED_COUNT], _UNLOADED_COLUMNS
    )
    if len(unloaded) > MAX_UNLOADED_COUNT:
        console.print(f"and {len(unloaded) - MAX_UNLOADED_COUNT:,} more: --json shows all")


def _add_loaded_before(row: Row) -> Row:
    """Return an interval with when an earlier attempt loaded it, to the minute: that is in the warehouse as it was."""
    loaded_at = row["loaded_at"]
    return {**row, "loaded_before": None if loaded_at is None else f"{loaded_at:%Y-%m-%d %H:%M}"}


def list_intervals(ledger: Ledger) -> list[Row]:
    """Return what has become of intervals as rows, for programs."""
    return [
        {
            "source_id": key.source_id,
            "interval": f"{key.interval}",
            "interval_start": key.interval.start,
            "interval_end": key.interval.end,
            **asdict(standing),
        }
        for key, standing in ledger.items()
    ]


def _sum_ledger(ledger: Ledger) -> list[Row]:
    """Return a row a state: how many intervals stand at it, from when to when, and the documents that were loaded."""
    rows = []
    for state in sorted({standing.state for standing in ledger.values()}):
        members = {key: standing for key, standing in ledger.items() if standing.state == state}
        rows.append(
            {
                "state": state,
                "interval_count": len({key.interval for key in members}),
                "source_count": len({key.source_id for key in members}),
                "first": f"{min(key.interval.start for key in members):%Y-%m-%d %H:%M}",
                "last": f"{max(key.interval.start for key in members):%Y-%m-%d %H:%M}",
                "read_count": sum(standing.read_count for standing in members.values()),
                "attempt_count": sum(standing.attempt_count for standing in members.values()),
            }
        )
    return rows


def _print_holdings(console: Console, status: Status, path: Path) -> None:
    held = status.holdings
    size = f"{status.byte_count / 1e6:,.1f} MB, schema {status.schema_version}"
    console.print(Text(f"{path}: {size}"), soft_wrap=True)  # a path may have what rich takes for markup
    console.print(
        f"{held.article_count:,} articles in {held.version_count:,} versions of {held.source_count:,} sources, "
        f"{held.mention_count:,} mentions of {held.entity_count:,} entities",
        soft_wrap=True,
    )
    if held.first_published_date is not None:
        console.print(f"published {held.first_published_date} to {held.last_published_date}")
