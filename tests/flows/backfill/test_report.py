"""A plan as a person reads it: outlets of which the same is to be said are one row, and no name steers the terminal."""

import io
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from flows.backfill.plan import BackfillPlan, PlannedInterval, Unit
from flows.backfill.report import SHOWN_ROW_COUNT, print_outcome, print_plan
from flows.backfill.work import Outcome
from flows.context import Interval
from flows.ledger.standing import IntervalKey, Standing
from flows.status_report import print_ledger

MORNING = datetime(2026, 11, 20, tzinfo=UTC)


def make_interval(day: int) -> Interval:
    """Return a day of November."""
    return Interval(datetime(2026, 11, day, tzinfo=UTC), datetime(2026, 11, day + 1, tzinfo=UTC))


def make_row(day: int, source_id: str, **changes: Any) -> PlannedInterval:
    """Return a row that is to be loaded: missing, two documents."""
    values: dict[str, Any] = {"state": "missing", "document_count": 2, "is_loaded": True, "reason": ""} | changes
    return PlannedInterval(interval=make_interval(day), source_id=source_id, **values)


def print_lines(*rows: PlannedInterval, is_whole: bool = False) -> list[str]:
    """Return the lines of a plan, without the heading."""
    out = io.StringIO()
    unit = Unit(interval=make_interval(3), source_ids=frozenset({"a"}), batches=frozenset({0}), document_count=2)
    print_plan(BackfillPlan(rows=rows, units=[unit]), is_whole=is_whole, console=Console(file=out, width=120))
    return [line.rstrip() for line in out.getvalue().splitlines()[1:]]


def test_outlets_of_which_the_same_is_said_are_one_row() -> None:
    done = make_row(3, "d", state="success", is_loaded=False, reason="it was loaded")
    lines = print_lines(make_row(3, "c"), make_row(3, "a"), make_row(3, "b"), done)

    assert [line.split() for line in lines] == [
        ["2026-11-03", "3", "sources", "missing", "6", "load"],
        ["2026-11-03", "d", "success", "2", "it", "was", "loaded"],
        ["to", "load:", "1", "interval,", "2", "documents"],
    ]


def test_a_long_plan_is_cut_short_unless_it_is_all_that_was_asked_for() -> None:
    rows = [
        make_row(day, f"source {number}", reason=f"{number}", is_loaded=False) for day in (3, 4) for number in range(40)
    ]

    assert len(print_lines(*rows)) == SHOWN_ROW_COUNT + 2
    assert print_lines(*rows)[-2] == "and 20 more rows: --dry-run shows all"
    assert len(print_lines(*rows, is_whole=True)) == 81


def test_names_do_not_steer_the_terminal() -> None:
    (line, _) = print_lines(make_row(3, "[bold]x\x1b[2J"))

    assert "[bold]x\ufffd[2J" in line


def test_a_failure_is_told_in_the_line_of_its_interval() -> None:
    out = io.StringIO()
    unit = Unit(interval=make_interval(3), source_ids=frozenset({"a"}), batches=frozenset({0}), document_count=2)
    print_outcome(Outcome(unit=unit, result=None, failure="a worker died\x1b"), console=Console(file=out, width=120))

    assert out.getvalue() == "2026-11-03  failed: a worker died\ufffd\n"


def test_a_ledger_is_summed_by_state_and_names_what_is_not_loaded() -> None:
    out = io.StringIO()
    stood: dict[str, Any] = {"attempt_count": 1, "started_at": MORNING, "finished_at": MORNING}
    ledger = {
        IntervalKey("a", make_interval(3)): Standing(state="success", read_count=1200, **stood),
        IntervalKey("a", make_interval(4)): Standing(state="success", read_count=34, **stood),
        IntervalKey("[b]", make_interval(4)): Standing(state="failed", detail="no room\x1b[2J", **stood),
    }
    print_ledger(ledger, console=Console(file=out, width=160))
    lines = [line.split() for line in out.getvalue().splitlines()]

    assert ["success", "2", "1", "2026-11-03", "00:00", "2026-11-04", "00:00", "1,234", "2"] in lines
    assert ["2026-11-04", "[b]", "failed", "1", "-", "no", "room\ufffd[2J"] in lines
