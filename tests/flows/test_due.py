"""Which intervals scheduled runs load: after a stop they do together what the policy of the group says."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.context import Interval
from flows.deployments.due import find_last_interval, list_due
from flows.sources.groups import CatchUp, Group, SourceGroup, Timing

HOURLY = Timing("0 * * * *", "UTC")


def at(hour: int, minute: int = 0, second: int = 0, day: int = 2) -> datetime:
    """Return a moment of March 2026, UTC."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=UTC)


def make_group(catch_up: CatchUp = "latest") -> SourceGroup:
    """Return a group that is due each hour."""
    return SourceGroup(group=Group(name="g", schedule=HOURLY.schedule, catch_up=catch_up), source_ids=("a",))


def hour(end: int) -> Interval:
    """Return the hour that ends at an hour of 2 March 2026."""
    return Interval(at(end - 1), at(end))


@pytest.mark.parametrize(
    ("timing", "moment", "start", "end"),
    [
        pytest.param(HOURLY, at(12, 0, 5), at(11), at(12), id="just after a schedule"),
        pytest.param(HOURLY, at(12), at(11), at(12), id="at a schedule"),
        pytest.param(HOURLY, at(11, 59, 59), at(10), at(11), id="just before a schedule"),
        pytest.param(
            Timing("0 7 * * 1-5", "Europe/Dublin"),
            at(7, 30, day=2),
            datetime(2026, 2, 27, 7, tzinfo=UTC),
            at(7, day=2),
            id="a weekend",
        ),
        pytest.param(
            Timing("0 7 * * *", "Europe/Dublin"),
            datetime(2026, 3, 29, 12, tzinfo=UTC),
            datetime(2026, 3, 28, 7, tzinfo=UTC),
            datetime(2026, 3, 29, 6, tzinfo=UTC),
            id="the day of 23 hours",
        ),
        pytest.param(
            Timing("0 0 29 2 *", "UTC"),
            at(0),
            datetime(2020, 2, 29, tzinfo=UTC),
            datetime(2024, 2, 29, tzinfo=UTC),
            id="leap days",
        ),
    ],
)
def test_an_interval_lies_between_two_schedules(
    timing: Timing, moment: datetime, start: datetime, end: datetime
) -> None:
    assert find_last_interval(timing, moment) == Interval(start, end)


@pytest.mark.parametrize("catch_up", ["skip", "latest", "all"])
def test_the_first_run_loads_the_last_interval_alone(catch_up: CatchUp) -> None:
    due = list_due(make_group(catch_up), scheduled_at=at(12), moment=at(12, 0, 5), loaded={})
    assert due == (hour(12),)


def run_all(catch_up: CatchUp, scheduled: list[datetime], moment: datetime, loaded_until: int) -> list[Interval]:
    """Return what late runs load that a server starts one after the other at a moment."""
    loaded = {hour(loaded_until): at(loaded_until)}
    done: list[Interval] = []
    for number, scheduled_at in enumerate(scheduled):
        began = moment + timedelta(minutes=number)
        for interval in list_due(make_group(catch_up), scheduled_at=scheduled_at, moment=began, loaded=loaded):
            loaded[interval] = began
            done.append(interval)
    return done


@pytest.mark.parametrize(
    ("catch_up", "expected"),
    [
        pytest.param("skip", [], id="skip: nothing"),
        pytest.param("latest", [hour(12)], id="latest: the last, once"),
        pytest.param("all", [hour(10), hour(11), hour(12)], id="all: the oldest first"),
    ],
)
def test_late_runs_do_together_what_the_policy_says(catch_up: CatchUp, expected: list[Interval]) -> None:
    assert run_all(catch_up, [at(10), at(11), at(12)], at(12, 20), loaded_until=9) == expected


@pytest.mark.parametrize(
    ("catch_up", "expected"),
    [("skip", []), ("latest", [hour(12)]), ("all", [hour(10), hour(11), hour(12)])],
)
def test_a_stop_longer_than_what_the_server_had_planned_is_made_up_for(
    catch_up: CatchUp, expected: list[Interval]
) -> None:
    assert run_all(catch_up, [at(10)], at(12, 20), loaded_until=9) == expected


def test_a_run_whose_interval_was_loaded_since_it_was_scheduled_has_nothing_to_do() -> None:
    loaded = {hour(12): at(12, 20, 1)}
    assert list_due(make_group(), scheduled_at=at(12), moment=at(12, 20, 2), loaded=loaded) == ()


def test_a_run_between_two_schedules_loads_the_last_interval_again() -> None:
    loaded = {hour(12): at(12, 0, 3)}
    due = list_due(make_group(), scheduled_at=at(12, 20), moment=at(12, 20, 2), loaded=loaded)
    assert due == (hour(12),)
