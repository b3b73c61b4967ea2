"""Days and a length make intervals: whole, adjoining, and the same whatever days are asked for."""

from datetime import date

import pytest

from flows.backfill.periods import list_intervals, parse_day
from flows.errors import UsageError

MIDNIGHT = "T00:00"


def tell(first: date, last: date, length: str) -> list[str]:
    """Return intervals as they are printed, midnights left out."""
    return [f"{interval}".replace(MIDNIGHT, "") for interval in list_intervals(first, last, length=length)]


@pytest.mark.parametrize(
    ("first", "last", "length", "expected"),
    [
        pytest.param(date(2026, 3, 1), date(2026, 3, 1), "day", ["2026-03-01"], id="one day"),
        pytest.param(
            date(2024, 2, 28), date(2024, 3, 1), "day", ["2024-02-28", "2024-02-29", "2024-03-01"], id="a leap day"
        ),
        pytest.param(date(2023, 2, 28), date(2023, 3, 1), "day", ["2023-02-28", "2023-03-01"], id="no leap day"),
        pytest.param(date(2026, 11, 4), date(2026, 11, 4), "week", ["2026-11-02/2026-11-09"], id="the week of a day"),
        pytest.param(
            date(2026, 11, 8),
            date(2026, 11, 9),
            "week",
            ["2026-11-02/2026-11-09", "2026-11-09/2026-11-16"],
            id="Sunday and Monday",
        ),
        pytest.param(
            date(2024, 1, 31), date(2024, 2, 1), "month", ["2024-01-01/2024-02-01", "2024-02-01/2024-03-01"], id="month"
        ),
        pytest.param(
            date(2024, 1, 31),
            date(2024, 3, 1),
            "P1M",
            ["2024-01-31/2024-02-29", "2024-02-29/2024-03-31"],
            id="a month from the 31st",
        ),
        pytest.param(
            date(2026, 3, 1),
            date(2026, 3, 1),
            "PT12H",
            ["2026-03-01/2026-03-01T12:00", "2026-03-01T12:00/2026-03-02"],
            id="half days",
        ),
        pytest.param(
            date(2026, 3, 1), date(2026, 3, 4), "P2D", ["2026-03-01/2026-03-03", "2026-03-03/2026-03-05"], id="P2D"
        ),
        pytest.param(
            date(2026, 3, 1), date(2026, 3, 3), "P2D", ["2026-03-01/2026-03-03", "2026-03-03/2026-03-05"], id="whole"
        ),
    ],
)
def test_the_days_are_covered(first: date, last: date, length: str, expected: list[str]) -> None:
    assert tell(first, last, length) == expected


@pytest.mark.parametrize("length", ["", "fortnight", "P", "PT", "P0D", "1D", "P1.5D", "PT30S", "P1D2W", "-P1D"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    with pytest.raises(UsageError, match="give day, week, month, or a duration"):
        list_intervals(date(2026, 3, 1), date(2026, 3, 2), length=length)


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(UsageError, match="--to 2026-03-01 is before --from 2026-03-02"):
        list_intervals(date(2026, 3, 2), date(2026, 3, 1))


def test_a_plan_that_can_only_be_a_mistake_is_refused() -> None:
    with pytest.raises(UsageError, match="more than 100,000 intervals"):
        list_intervals(date(1900, 1, 1), date(2026, 1, 1), length="PT1M")


@pytest.mark.parametrize("length", ["day", "month", "P1Y", "P9999999Y"])
def test_the_end_of_the_calendar_is_an_error_with_a_line(length: str) -> None:
    with pytest.raises(UsageError, match="the year 9999"):
        list_intervals(date(9999, 12, 31), date(9999, 12, 31), length=length)


@pytest.mark.parametrize("given", ["", "2026-02-29", "yesterday", "2026-13-01", "[bold]", "2026-03-01T00:00"])
def test_what_is_no_day_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match=r"--from .* is no day"):
        parse_day(given, option="--from")
