"""What ``dateline status`` prints of intervals."""

import io
from datetime import UTC, datetime

from rich.console import Console

from flows.context import Interval
from flows.ledger.journal import State
from flows.ledger.standing import IntervalKey, Ledger, Standing
from flows.status_report import print_ledger

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)


def show(ledger: Ledger) -> list[list[str]]:
    """Return the words of each line."""
    output = io.StringIO()
    print_ledger(ledger, console=Console(file=output, width=160))
    return [line.split() for line in output.getvalue().splitlines()]


def key(day: int) -> IntervalKey:
    """Return a day of an outlet."""
    return IntervalKey(
        "gazette.example", Interval(datetime(2026, 3, day, tzinfo=UTC), datetime(2026, 3, day + 1, tzinfo=UTC))
    )


def stand(state: State, loaded_at: datetime | None, detail: str = "") -> Standing:
    """Return what has become of an interval."""
    return Standing(state=state, attempt_count=2, started_at=NOW, finished_at=NOW, loaded_at=loaded_at, detail=detail)


def test_an_interval_whose_last_attempt_failed_is_shown_with_when_it_was_loaded_before() -> None:
    lines = show({key(1): stand("crashed", NOW, "gone"), key(2): stand("failed", None, "full")})
    assert lines[-2][1:] == ["gazette.example", "crashed", "2", "2026-03-04", "07:30", "gone"]
    assert lines[-1][1:] == ["gazette.example", "failed", "2", "-", "full"]


def test_intervals_that_are_loaded_are_only_counted() -> None:
    lines = show({key(1): stand("success", NOW)})
    assert not any("gazette.example" in line for line in lines)
