"""What scheduled runs report from the published warehouse."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from tests.warehouse.samples import LOADED_AT, frame_fetches, frame_sources, load_sample, make_fetch, make_source
from warehouse.load_sources import load_fetches, load_sources, refresh_coverage
from warehouse.monitor import read_new_entities, read_troubles

Publish = Callable[[Callable[[duckdb.DuckDBPyConnection], object]], Path]

MONDAY, TUESDAY = datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2026, 11, 3, 8, tzinfo=UTC)


def load_failures(con: duckdb.DuckDBPyConnection, idle_days: object) -> None:
    """Load an outlet whose feed did not answer on Monday, and a page of which did not come on Tuesday."""
    load_fetches(
        con,
        frame_fetches(
            make_fetch("https://a.example/feed", MONDAY, kind="feed", outcome="failed", reason="unreachable"),
            make_fetch("https://a.example/feed", TUESDAY, kind="feed"),
            make_fetch("https://a.example/1", TUESDAY, outcome="failed", reason="timed_out"),
        ),
    )
    load_sources(con, frame_sources(make_source(name="The Gazette")), loaded_at=LOADED_AT)
    refresh_coverage(con, idle_days)  # type: ignore[arg-type]  # a frame


def test_names_that_a_run_was_the_first_to_find_are_told_with_their_counts(publish: Publish) -> None:
    rows = read_new_entities(publish(load_sample), run_key=1)
    assert [(row["name"], row["article_count"], row["mention_count"]) for row in rows] == [
        ("Ann Lee", 2, 2),
        ("Bo Kim", 1, 1),
    ]


def test_names_that_an_earlier_run_found_are_not_new(publish: Publish) -> None:
    assert read_new_entities(publish(load_sample), run_key=2) == []


def test_days_on_which_not_all_came_are_told_the_last_first(publish: Publish) -> None:
    from flows.sources.schedule import IDLE_DAY  # noqa: PLC0415  its shape alone

    rows = read_troubles(publish(lambda con: load_failures(con, IDLE_DAY.to_frame())), since=date(2026, 11, 1))
    assert [(row["source_id"], row["source_name"], row["date"], row["status"], row["reason"]) for row in rows] == [
        ("a.example", "The Gazette", date(2026, 11, 3), "partial", "something did not come, or was refused"),
        ("a.example", "The Gazette", date(2026, 11, 2), "error", "no feed answered"),
    ]


def test_days_before_the_one_asked_for_are_left_out(publish: Publish) -> None:
    from flows.sources.schedule import IDLE_DAY  # noqa: PLC0415  its shape alone

    rows = read_troubles(publish(lambda con: load_failures(con, IDLE_DAY.to_frame())), since=date(2026, 11, 3))
    assert [row["date"] for row in rows] == [date(2026, 11, 3)]


def test_of_no_warehouse_nothing_is_told(published: Path) -> None:
    assert read_troubles(published, since=date(2026, 11, 1)) == []
