"""On which days a source is due: a day on which it is not is no gap."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl
from cronsim import CronSim

IDLE_DAY: Final = pl.Schema({"source_id": pl.String(), "date": pl.Date()})
"""Grain: a day (UTC) on which an outlet is not due."""

TIMEZONE_MARK: Final = "CRON_TZ="
"""Before a schedule that is not in its source's time zone, as in crontab(5): ``CRON_TZ=Asia/Tokyo 0 1 * * 1``."""

_DAILY: Final = ["*", "*", "*"]
_ONE_DAY: Final = timedelta(days=1)


def list_idle_days(versions: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Return the days on which outlets with a schedule are not due: IDLE_DAY, sorted.

    Args:
        versions: ``source_schemas.SOURCE_VERSION``.
        spans: source_id, first_date, last_date: which days count.
    """
    joined = versions.drop_nulls("schedule").join(spans, on="source_id").sort("source_id", "valid_from")
    rows = [
        (row["source_id"], day)
        for row in joined.iter_rows(named=True)
        for day in _list_days(row["first_date"], row["last_date"])
        if row["valid_from"] <= datetime.combine(day, time(), UTC) < row["valid_to"]
        and not _is_due(row["schedule"], row["timezone"] or "UTC", day)
    ]
    return pl.DataFrame(rows, schema=IDLE_DAY, orient="row")


def _list_days(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


@lru_cache(maxsize=100_000)  # many outlets have the same schedule
def _is_due(schedule: str, timezone: str, day: date) -> bool:
    """Tell whether a schedule names a moment of a day, UTC."""
    if schedule.startswith(TIMEZONE_MARK):
        timezone, _, schedule = schedule.removeprefix(TIMEZONE_MARK).partition(" ")
    if schedule.split()[2:] == _DAILY:
        return True
    start = datetime.combine(day, time(), UTC)
    before = (start - timedelta(seconds=1)).astimezone(ZoneInfo(timezone))
    return next(CronSim(schedule, before)) < start + _ONE_DAY
