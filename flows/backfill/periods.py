"""From days and a length to data intervals."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from dateutil.relativedelta import relativedelta

from flows.context import Interval
from flows.errors import UsageError

MAX_INTERVAL_COUNT: Final = 100_000
"""A plan of more is a mistake: 11 years of hours are 96,000."""

DAY, WEEK, MONTH = "day", "week", "month"

_LENGTHS: Final = {DAY: relativedelta(days=1), WEEK: relativedelta(weeks=1), MONTH: relativedelta(months=1)}
_DURATION: Final = re.compile(
    r"P(?=.)((?P<years>\d+)Y)?((?P<months>\d+)M)?((?P<weeks>\d+)W)?((?P<days>\d+)D)?"
    r"(T(?=.)((?P<hours>\d+)H)?((?P<minutes>\d+)M)?)?"
)
"""An ISO 8601 duration, in whole minutes and more."""


def parse_day(given: str, *, option: str) -> date:
    """Return a day.

    Args:
        given: As ISO 8601 has it.
        option: Where it was given, for the message.

    Raises:
        UsageError: It is none.
    """
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(f"{option} {given[:40]!r} is no day: give it as 2017-03-01") from error


def list_intervals(first: date, last: date, *, length: str = DAY) -> list[Interval]:
    """Return the intervals of days, both included, the first to begin first. They are whole, and adjoin each other.

    A week begins on Monday, a month on its first day, so that an interval is the same whatever days are asked for:
    those with one of the days are returned. A duration is counted from the beginning of the first day.

    Args:
        first: The first day, UTC.
        last: The last day.
        length: day, week, month, or an ISO 8601 duration such as PT6H or P10D.

    Raises:
        UsageError: The last day is before the first, the length is none, or there are too many.
    """
    if last < first:
        raise UsageError(f"--to {last} is before --from {first}: give the earlier day first")
    step = _LENGTHS[length] if length in _LENGTHS else _parse_duration(length)
    start = datetime.combine(_find_beginning(first, length), time(), UTC)
    try:
        end = datetime.combine(last, time(), UTC) + timedelta(days=1)
        return [Interval(*ends) for ends in pairwise(_step(start, end, step))]
    except (OverflowError, ValueError) as error:  # the one by datetime, the other by relativedelta
        raise UsageError(f"--to {last}: the calendar ends with the year 9999") from error


def _find_beginning(day: date, length: str) -> date:
    """Return where the interval begins that a day is in."""
    if length == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if length == MONTH else day


def _step(start: datetime, end: datetime, step: relativedelta) -> Iterator[datetime]:
    """Yield the boundaries from start to the first at or behind end; counted from start: the 31st is not lost."""
    for number in range(MAX_INTERVAL_COUNT + 2):
        boundary = start + step * number
        yield boundary
        if boundary >= end:
            return
    raise UsageError(f"these are more than {MAX_INTERVAL_COUNT:,} intervals: take a longer one, or fewer days")


def _parse_duration(given: str) -> relativedelta:
    """Return an ISO 8601 duration.

    Raises:
        UsageError: It is none, or none at all.
    """
    match = _DURATION.fullmatch(given)
    parts = {} if match is None else {name: int(value) for name, value in match.groupdict().items() if value}
    if not any(parts.values()):
        raise UsageError(f"--interval {given[:40]!r}: give day, week, month, or a duration such as PT6H or P10D")
    return relativedelta(**parts)  # type: ignore[arg-type]  # the names are those of its parameters
