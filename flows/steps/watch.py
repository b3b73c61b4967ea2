"""What a scheduled run looks at in the warehouse: what is loaded, what is newly wrong, who is late."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from flows.context import Interval
from flows.deployments.due import find_last_interval
from flows.home import Home
from flows.ledger.standing import read_ledger
from flows.notifications import notify
from flows.settings import Settings
from flows.sources.groups import SourceGroup
from warehouse.errors import MigrationError
from warehouse.monitor import Row, read_troubles

TROUBLE_DAYS: Final = timedelta(days=2)
"""An older day that turns bad is no news: it was judged anew since something of it came late."""


def read_loaded(settings: Settings, source_ids: Sequence[str]) -> dict[Interval, datetime]:
    """Return the intervals that were loaded for all of some outlets -> when the first of them was, UTC."""
    ledger = read_ledger(Home(settings.home.absolute()), now=datetime.now(UTC))
    times: dict[Interval, list[datetime]] = {}
    for (source_id, interval), standing in ledger.items():
        if source_id in source_ids and standing.loaded_at is not None:
            times.setdefault(interval, []).append(standing.loaded_at)
    return {interval: min(found) for interval, found in times.items() if len(found) == len(source_ids)}


@contextmanager
def watching_troubles(settings: Settings, source_ids: Sequence[str], *, title: str) -> Iterator[None]:
    """Tell people what is not well with outlets after the block that was well before it.

    Args:
        settings: Where the warehouse is, and who is told.
        source_ids: The outlets.
        title: What the message is about.
    """
    path = Home(settings.home.absolute()).warehouse_path
    since = (datetime.now(UTC) - TROUBLE_DAYS).date()
    before = _read_before(path, since)
    yield
    if before is None:
        return
    news = list_news(before, read_troubles(path, since=since), source_ids)
    if news:
        notify(settings.notify, title=title, lines=news)


def _read_before(path: Path, since: date) -> list[Row] | None:
    """Return what was wrong before a run; None where other code made it: the run migrates it, or says why not."""
    try:
        return read_troubles(path, since=since)
    except MigrationError:
        return None


def list_news(before: Sequence[Row], after: Sequence[Row], source_ids: Sequence[str]) -> list[str]:
    """Return a line for each thing that is wrong now and was not before.

    Args:
        before: As ``warehouse.monitor.read_troubles`` returns it.
        after: The same, later.
        source_ids: Which outlets count.
    """
    known = {_identify(row) for row in before}
    return [
        f"{row['source_name']}: {row['date']} {row['measure']}: {row['reason']}"
        for row in after
        if row["source_id"] in source_ids and _identify(row) not in known
    ]


def _identify(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("source_id", "date", "measure", "status"))


def list_late(
    groups: Sequence[SourceGroup], loaded: Mapping[str, Mapping[Interval, datetime]], moment: datetime
) -> list[str]:
    """Return a line for each group of which the last but one interval is not loaded: the last may be on its way.

    Args:
        groups: All of them.
        loaded: Name of a group -> as ``read_loaded``; a group of which nothing was ever loaded is not late.
        moment: Now.
    """
    lines = []
    for group in groups:
        ends = [interval.end for interval in loaded[group.name]]
        expected = find_last_interval(group.timing, moment).start
        if ends and max(ends) < expected:
            lines.append(
                f"{group.name}: loaded until {max(ends):%Y-%m-%d %H:%M} UTC, due until {expected:%Y-%m-%d %H:%M}"
            )
    return lines
