"""What a schedule owes: by policy, across nights on which clocks change, the first time, and after weeks."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from flows.backfill.catch_up import CatchUp, Schedule, list_due_intervals
from flows.context import Interval

DAILY = Schedule("0 6 * * *")
NIGHTLY_IN_BERLIN = Schedule("30 2 * * *", "Europe/Berlin")
HOURLY_IN_BERLIN = Schedule("0 * * * *", "Europe/Berlin")


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 11) -> datetime:
    """Return a moment of 2026, UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def day_before(day: int, *, month: int = 11) -> Interval:
    """Return the interval of DAILY that ends on a day."""
    return Interval(at(day, 6, month=month) - timedelta(days=1), at(day, 6, month=month))


def tell_ends(intervals: list[Interval]) -> list[str]:
    """Return the ends of intervals; the beginning of each is the end of the one before."""
    assert all(left.end == right.start for left, right in pairwise(intervals))
    return [f"{interval.end:%m-%d %H:%M}" for interval in intervals]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        pytest.param(CatchUp.SKIP, [], id="skip"),
        pytest.param(CatchUp.LATEST, [day_before(20)], id="latest"),
        pytest.param(CatchUp.ALL, [day_before(18), day_before(19), day_before(20)], id="all"),
    ],
)
def test_three_missed_days_are_owed_as_the_policy_says(policy: CatchUp, expected: list[Interval]) -> None:
    due = list_due_intervals(DAILY, done=[day_before(16), day_before(17)], now=at(20, 9), policy=policy)

    assert due == expected


@pytest.mark.parametrize("policy", list(CatchUp))
def test_what_is_due_just_now_is_run_under_every_policy(policy: CatchUp) -> None:
    assert list_due_intervals(DAILY, done=[day_before(19)], now=at(20, 6, 1), policy=policy) == [day_before(20)]


@pytest.mark.parametrize("policy", list(CatchUp))
def test_nothing_is_owed_twice(policy: CatchUp) -> None:
    assert list_due_intervals(DAILY, done=[day_before(20)], now=at(20, 6, 1), policy=policy) == []


@pytest.mark.parametrize(
    ("now", "expected"), [(at(20, 6), "11-20 06:00"), (at(20, 5, 59), "11-19 06:00")], ids=["reached", "not yet"]
)
def test_an_interval_is_over_at_the_moment_it_ends(now: datetime, expected: str) -> None:
    assert tell_ends(list_due_intervals(DAILY, done=[], now=now, policy=CatchUp.LATEST)) == [expected]


@pytest.mark.parametrize(("policy", "count"), [(CatchUp.SKIP, 0), (CatchUp.LATEST, 1), (CatchUp.ALL, 1)])
def test_the_first_time_the_past_without_beginning_is_not_owed(policy: CatchUp, count: int) -> None:
    assert len(list_due_intervals(DAILY, done=[], now=at(20, 9), policy=policy)) == count


def test_the_first_time_all_since_a_moment_are_owed() -> None:
    due = list_due_intervals(DAILY, done=[], now=at(20, 9), policy=CatchUp.ALL, since=at(18))

    assert tell_ends(due) == ["11-19 06:00", "11-20 06:00"]  # the one that ends on the 18th began before


def test_weeks_of_outage_are_owed_whole() -> None:
    due = list_due_intervals(DAILY, done=[day_before(1, month=10)], now=at(20, 9), policy=CatchUp.ALL)

    assert len(due) == 50  # 30 days of October after the 1st, 20 of November


def test_the_night_on_which_an_hour_is_lost_is_owed_once() -> None:
    done = [Interval(at(26, 1, 30, month=3), at(27, 1, 30, month=3))]
    due = list_due_intervals(NIGHTLY_IN_BERLIN, done=done, now=at(30, 12, month=3), policy=CatchUp.ALL)

    # 02:30 in Berlin is 01:30 UTC in winter and 00:30 in summer; on the 29th, without it, it runs at 03:00 local time
    assert tell_ends(due) == ["03-28 01:30", "03-29 01:00", "03-30 00:30"]


def test_the_night_with_an_hour_twice_is_owed_once() -> None:
    done = [Interval(at(23, 0, 30, month=10), at(24, 0, 30, month=10))]
    due = list_due_intervals(NIGHTLY_IN_BERLIN, done=done, now=at(26, 12, month=10), policy=CatchUp.ALL)

    assert tell_ends(due) == ["10-25 00:30", "10-26 01:30"]


def test_between_the_two_hours_of_one_name_the_first_is_over() -> None:
    due = list_due_intervals(NIGHTLY_IN_BERLIN, done=[], now=at(25, 1, 0, month=10), policy=CatchUp.LATEST)

    assert tell_ends(due) == ["10-25 00:30"]  # it is 02:00 in Berlin, for the second time


@pytest.mark.parametrize(("day", "month"), [(29, 3), (25, 10)], ids=["forward", "back"])
def test_every_hour_is_an_hour_when_clocks_change(day: int, month: int) -> None:
    done = [Interval(at(day, month=month), at(day, 1, month=month))]
    due = list_due_intervals(HOURLY_IN_BERLIN, done=done, now=at(day, 4, month=month), policy=CatchUp.ALL)

    assert tell_ends(due) == [f"{month:02}-{day} {hour:02}:00" for hour in (2, 3, 4)]


def test_a_leap_day_is_a_day() -> None:
    moment = datetime(2024, 2, 28, 6, tzinfo=UTC)
    due = list_due_intervals(
        DAILY, done=[Interval(moment - timedelta(days=1), moment)], now=moment + timedelta(days=2), policy=CatchUp.ALL
    )

    assert tell_ends(due) == ["02-29 06:00", "03-01 06:00"]


def test_a_schedule_that_is_due_every_four_years_has_an_interval() -> None:
    due = list_due_intervals(Schedule("0 6 29 2 *"), done=[], now=at(20), policy=CatchUp.LATEST)

    assert due == [Interval(datetime(2020, 2, 29, 6, tzinfo=UTC), datetime(2024, 2, 29, 6, tzinfo=UTC))]


def test_after_another_schedule_it_goes_on_where_that_one_ended() -> None:
    hourly = [Interval(at(19, hour), at(19, hour + 1)) for hour in range(6, 12)]  # until noon of the 19th
    due = list_due_intervals(DAILY, done=hourly, now=at(20, 9), policy=CatchUp.ALL)

    assert due == [day_before(20)]
