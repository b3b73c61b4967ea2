"""Which intervals a scheduled run is to load: what its group owes, or the last one once more."""

from collections.abc import Mapping
from datetime import datetime

from flows.backfill.catch_up import CatchUp, Schedule, find_latest_interval, list_due_intervals
from flows.context import Interval
from flows.sources.groups import SourceGroup, Timing


def find_last_interval(timing: Timing, moment: datetime) -> Interval:
    """Return the data interval that had ended last by a moment: from one schedule to the next, as Airflow has it."""
    return find_latest_interval(Schedule(timing.schedule, timing.timezone), moment)


def list_due(
    group: SourceGroup, *, scheduled_at: datetime, moment: datetime, loaded: Mapping[Interval, datetime]
) -> tuple[Interval, ...]:
    """Return the intervals that a run is to load, the oldest first; none when other runs have done what it is for.

    A server that was stopped starts runs that were scheduled meanwhile, late and one by one. By what is loaded each of
    them sees what is left to do, so that all together do what the policy of the group says. A run that is scheduled
    between two schedules of the group, as a person may do at the server, loads the last interval again.

    Args:
        group: Its schedule and its policy.
        scheduled_at: For when the run was scheduled.
        moment: Now.
        loaded: Interval -> when it was loaded last.
    """
    schedule = Schedule(group.timing.schedule, group.timing.timezone)
    owed = list_due_intervals(schedule, done=loaded, now=moment, policy=CatchUp(group.group.catch_up))
    last = find_latest_interval(schedule, moment)
    is_loaded_before = last in loaded and loaded[last] < scheduled_at
    return (last,) if not owed and is_loaded_before else tuple(owed)
