"""Which sources are fetched together, and when."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from flows.sources import Source, SourceFile, parse_sources
from flows.sources.groups import Group, Timing
from flows.sources.schedule import list_idle_days

MOMENT = datetime(2026, 3, 2, 12, tzinfo=UTC)
FILE = """
[[group]]
name = "dailies"
schedule = "0 7 * * 1-5"
timezone = "Europe/Dublin"
catch_up = "all"
timeout_minutes = 30

[[group]]
name = "empty"
schedule = "0 * * * *"

[maintenance]
schedule = "0 4 * * *"
timezone = "Europe/Dublin"

[[source]]
name = "The Gazette"
domain = "gazette.example"
group = "dailies"

[[source]]
name = "The Herald"
domain = "herald.example"
timezone = "Asia/Tokyo"
schedule = "30 6 * * *"

[[source]]
name = "The Lamp"
domain = "lamp.example"

[[source]]
name = "The Post"
domain = "post.example"
timezone = "Europe/Dublin"
group = "dailies"
"""


def test_sources_of_a_group_are_one_deployment_and_a_scheduled_source_is_one_by_itself() -> None:
    groups = parse_sources(FILE, name="f").list_groups(MOMENT)
    assert [(group.name, group.source_ids, group.timing) for group in groups] == [
        ("dailies", ("gazette.example", "post.example"), Timing("0 7 * * 1-5", "Europe/Dublin")),
        ("herald.example", ("herald.example",), Timing("30 6 * * *", "Asia/Tokyo")),
    ]


def test_a_group_keeps_its_policy_and_its_time_limit() -> None:
    group = parse_sources(FILE, name="f").list_groups(MOMENT)[0].group
    assert (group.catch_up, group.timeout_minutes) == ("all", 30)


def test_a_file_that_says_nothing_of_maintenance_has_it_at_night() -> None:
    file = parse_sources('[[source]]\nname = "A"\ndomain = "a.example"', name="f")
    assert (file.maintenance.schedule, file.maintenance.timezone) == ("15 3 * * *", None)


def test_a_version_that_leaves_its_group_is_fetched_with_it_until_then() -> None:
    later = Source(id="a", name="A", valid_from=date(2026, 4, 1))
    first = Source(id="a", name="A", group="dailies")
    file = SourceFile(sources=(first, later), groups=(Group(name="dailies", schedule="0 7 * * *"),))
    assert [group.source_ids for group in file.list_groups(MOMENT)] == [("a",)]
    assert file.list_groups(datetime(2026, 4, 1, tzinfo=UTC)) == ()


def test_a_scheduled_source_whose_id_names_no_deployment_needs_a_group() -> None:
    file = SourceFile(sources=(Source(id="the lamp", name="A", schedule="0 7 * * *"),))
    with pytest.raises(ValidationError, match='"the lamp" is no name of a group'):
        file.list_groups(MOMENT)


def test_the_schedule_of_a_group_is_kept_with_its_zone_where_the_source_has_another() -> None:
    frame = parse_sources(FILE, name="f").to_frame()
    assert dict(frame.select("source_id", "schedule").iter_rows()) == {
        "gazette.example": "CRON_TZ=Europe/Dublin 0 7 * * 1-5",
        "herald.example": "30 6 * * *",
        "lamp.example": None,
        "post.example": "0 7 * * 1-5",
    }


def test_days_that_are_not_due_by_the_schedule_of_a_group_are_idle_in_its_zone() -> None:
    group = Group(name="g", schedule="0 1 * * 1", timezone="Asia/Tokyo")  # Monday there is Sunday in UTC
    versions = SourceFile(sources=(Source(id="a", name="A", group="g"),), groups=(group,)).to_frame()
    spans = versions.select("source_id").with_columns(first_date=date(2026, 11, 7), last_date=date(2026, 11, 9))
    idle = list_idle_days(versions, spans)
    assert idle["date"].to_list() == [date(2026, 11, 7), date(2026, 11, 9)]
