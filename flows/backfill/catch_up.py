"""Which intervals a schedule owes, now that it runs again: after an hour's outage, or a fortnight's.

A schedule names moments; between two of them lies a data interval, and it is due at the second. This is a function of
the clock, the ledger and the schedule, so that the same question has the same answer whoever asks it.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice, pairwise, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim

from flows.context import Interval

ON_TIME: Final = timedelta(minutes=5)
"""So late a run may begin and not be one that was missed: a busy server needs seconds, a worker a minute."""

_SURE_COUNT: Final = 4
"""Counted backwards, moments in the hour that clocks go through twice may be overlooked; so many back it is over."""


class CatchUp(StrEnum):
    """What becomes of intervals whose moment has passed while nothing ran.

    Attributes:
        SKIP: Nothing: only what is due just now is run.
        LATEST: The last one is run, those before it are not. What a feed asks for, which has no past.
        ALL: Every one since the last that was done, the earliest first.
    """

    SKIP = "skip"
    LATEST = "latest"
    ALL = "all"


@dataclass(frozen=True)
class Schedule:
    """When something is due.

    Attributes:
        cron: Five fields, as in a sources file.
        timezone: IANA. When clocks go forward, what falls into the lost hour is due just after it; when they go back,
            it is due once: as Debian's cron has it (https://manpages.debian.org/cron(8)), for schedules that name an
            hour.
    """

    cron: str
    timezone: str = "UTC"


def list_due_intervals(
    schedule: Schedule,
    *,
    done: Iterable[Interval],
    now: datetime,
    policy: CatchUp,
    since: datetime | None = None,
    on_time: timedelta = ON_TIME,
) -> list[Interval]:
    """Return the intervals to run now, the earliest first.

    An interval that failed before a later one was done is not owed: ``dateline backfill`` runs those. The first time,
    with nothing done, only the last one is owed, whatever the policy, unless it is said since when.

    Args:
        schedule: When it is due.
        done: Intervals that were loaded, in any order; of other lengths, too.
        now: The clock, with a time zone.
        policy: What becomes of those that were missed.
        since: With nothing done, from when on intervals are owed: the first begins then, or later.
        on_time: An interval that ended longer ago was missed.

    Raises:
        CronSimError: The schedule is none.
    """
    latest = find_latest_interval(schedule, now)
    frontier = max((interval.end for interval in done), default=None)
    if frontier is not None and frontier >= latest.end:
        return []
    if policy is CatchUp.ALL and (frontier is not None or since is not None):
        return _list_missed(schedule, now, frontier=frontier, since=since)
    is_missed = now - latest.end > on_time
    return [] if policy is CatchUp.SKIP and is_missed else [latest]


def find_latest_interval(schedule: Schedule, now: datetime) -> Interval:
    """Return the last interval that is over."""
    backwards = CronSim(schedule.cron, now.astimezone(ZoneInfo(schedule.timezone)), reverse=True)
    *_, before = islice(backwards, _SURE_COUNT)
    start, end = deque(_list_moments(schedule, before, now), maxlen=2)
    return Interval(start, end)


def _list_moments(schedule: Schedule, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments of a schedule behind one, until another, both ends included where they are moments."""
    local = (after - timedelta(seconds=1)).astimezone(ZoneInfo(schedule.timezone))
    moments = (moment.astimezone(UTC) for moment in CronSim(schedule.cron, local))
    return takewhile(lambda moment: moment <= until, moments)


def _list_missed(
    schedule: Schedule, now: datetime, *, frontier: datetime | None, since: datetime | None
) -> list[Interval]:
    """Return all intervals that end behind the frontier, or begin at a moment or later, and are over."""
    if frontier is None:
        return [] if since is None else [Interval(*ends) for ends in pairwise(_list_moments(schedule, since, now))]
    before = next(CronSim(schedule.cron, frontier.astimezone(ZoneInfo(schedule.timezone)), reverse=True))
    intervals = [Interval(*ends) for ends in pairwise(_list_moments(schedule, before, now))]
    return [interval for interval in intervals if interval.end > frontier]
