"""A backfill as a person reads it: the plan before, a line an interval while it goes on, the sum at the end."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.backfill.plan import BackfillPlan, PlannedInterval
from flows.backfill.work import Outcome
from flows.context import Interval
from flows.terminal import make_console, make_printable

SHOWN_ROW_COUNT: Final = 60
NAMED_SOURCE_COUNT: Final = 2


def print_plan(plan: BackfillPlan, *, is_whole: bool, console: Console | None = None) -> None:
    """Print what is to be done about each interval, outlets of which the same is to be said together.

    Args:
        plan: The plan.
        is_whole: Whether all of it is printed, however long.
        console: Where to print; standard output when left out.
    """
    console = make_console() if console is None else console
    rows = _list_rows(plan.rows)
    shown = rows if is_whole else rows[:SHOWN_ROW_COUNT]
    if shown:
        console.print(_make_table(shown))
    if len(rows) > len(shown):
        console.print(f"and {len(rows) - len(shown):,} more rows: --dry-run shows all")
    document_count = sum(unit.document_count for unit in plan.units)
    console.print(f"to load: {count(len(plan.units), 'interval')}, {count(document_count, 'document')}")


def print_outcome(outcome: Outcome, *, console: Console | None = None) -> None:
    """Print what came of one interval.

    Args:
        outcome: What came of it.
        console: Where to print; standard output when left out.
    """
    console = make_console() if console is None else console
    if outcome.result is None:
        said = f"failed: {make_printable(outcome.failure)}"
    else:
        run = outcome.result.loaded.run
        said = (
            f"{run.read_count:,} read: {run.loaded_count:,} loaded, {run.unchanged_count:,} unchanged, "
            f"{run.duplicate_count:,} duplicate, {run.rejected_count:,} rejected"
        )
    console.print(Text(f"{outcome.unit.interval}  {said}"), soft_wrap=True)


def count(number: int, noun: str) -> str:
    """Return a number with what is counted.

    Examples:
        >>> count(1, "interval"), count(1200, "interval")
        ('1 interval', '1,200 intervals')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _list_rows(planned: Sequence[PlannedInterval]) -> list[tuple[str, str, str, str, str]]:
    """Return interval, outlets, state, documents, and what is to be done."""
    ordered = sorted(planned, key=_describe)
    rows = []
    for (interval, state, action), group in groupby(ordered, key=_describe):
        members = list(group)
        document_count = sum(member.document_count for member in members)
        names = _name_sources([member.source_id for member in members])
        rows.append((str(interval), names, state, f"{document_count:,}", action))
    return rows


def _describe(row: PlannedInterval) -> tuple[Interval, str, str]:
    """Return what a row says of an outlet."""
    return row.interval, row.state, "load" if row.is_loaded else row.reason


def _name_sources(source_ids: Sequence[str]) -> str:
    """Return the outlets, or how many there are."""
    names = sorted(source_ids)
    if len(names) <= NAMED_SOURCE_COUNT:
        return make_printable(", ".join(names))
    return f"{len(names)} sources"


def _make_table(rows: Sequence[tuple[str, str, str, str, str]]) -> Table:
    """Return the rows as a table."""
    table = Table(box=None, pad_edge=False)
    for heading in ("interval (UTC)", "source", "state", "documents", "to do"):
        table.add_column(heading, justify="right" if heading == "documents" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
