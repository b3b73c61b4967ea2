"""Which intervals a scheduled run is to load: its own, and by policy those whose schedule was missed."""

from collections.abc import Mapping
from datetime import datetime

from flows.context import Interval
from flows.sources.groups import CatchUp, Timing

MAX_MISSED_COUNT = 1_000
"""Of older intervals the policy "all" does not take more: those are for ``dateline backfill``."""


def find_last_interval(timing: Timing, moment: datetime) -> Interval:
    """Return the data interval that had ended last by a moment: from one schedule to the next, as Airflow has it.

    Args:
        timing: The schedule.
        moment: With a time zone.
    """
    ends = timing.list_ends(moment)
    end = next(ends)
    return Interval(next(ends), end)


def list_due(
    timing: Timing,
    catch_up: CatchUp,
    *,
    scheduled_at: datetime,
    moment: datetime,
    loaded: Mapping[Interval, datetime],
) -> tuple[Interval, ...]:
    """Return the intervals that a run is to load, the oldest first; none when other runs have done what it is for.

    A server that was stopped starts runs that were scheduled meanwhile, late and one by one. By what is loaded each of
    them sees what is left to do, so that all together do what the policy says.

    Args:
        timing: The schedule.
        catch_up: The policy: "skip" loads what is scheduled while it is the last, "latest" the last one that has ended,
            "all" those since the last that was loaded, too.
        scheduled_at: For when the run was scheduled.
        moment: Now.
        loaded: Interval -> when the run began that loaded it last.
    """
    latest = find_last_interval(timing, moment)
    if catch_up == "skip" and find_last_interval(timing, scheduled_at) != latest:
        return ()
    missed = _list_missed(timing, latest, loaded) if catch_up == "all" else []
    return tuple(
        interval
        for interval in (*missed, latest)
        if interval not in loaded or loaded[interval] < scheduled_at  # loaded since: what this run was to do
    )


def _list_missed(timing: Timing, latest: Interval, loaded: Mapping[Interval, datetime]) -> list[Interval]:
    """Return the intervals between the last that was loaded and the latest, the oldest first."""
    if not loaded:
        return []
    loaded_until = max(interval.end for interval in loaded)
    missed: list[Interval] = []
    end = latest.start
    for start in timing.list_ends(latest.start):
        if start == end:
            continue
        if end <= loaded_until or len(missed) == MAX_MISSED_COUNT:
            break
        missed.append(Interval(start, end))
        end = start
    return missed[::-1]
