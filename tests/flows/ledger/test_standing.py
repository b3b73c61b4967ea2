"""What has become of an interval: what the warehouse says, with what happened since its last load."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.context import Interval
from flows.home import Home
from flows.ledger.journal import Attempt, Journal
from flows.ledger.processes import Process
from flows.ledger.standing import IntervalKey, Standing, read_ledger
from tests.warehouse.samples import frame_attempts, make_attempt
from warehouse.load_intervals import load_attempts
from warehouse.publish import build_aside

DAY = Interval(datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC))
KEY = IntervalKey("a.example", DAY)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def publish(home: Home, *attempts: dict[str, Any]) -> None:
    """Publish a warehouse with attempts."""
    with build_aside(home.warehouse_path) as con:
        load_attempts(con, frame_attempts(*attempts))


def begin(home: Home, run_key: int, source_id: str = "a.example") -> None:
    """Have this process begin an attempt."""
    attempt = Attempt(
        run_key=run_key,
        source_id=source_id,
        interval_start=DAY.start,
        interval_end=DAY.end,
        flow_run_id=None,
        started_at=NOW,
        code_version="0",
        model_name=None,
        model_version=None,
        process=Process.current(),
    )
    Journal(home.intervals_path).begin([attempt])


def read(home: Home) -> dict[IntervalKey, Standing]:
    """Return the ledger of a home."""
    return dict(read_ledger(home, now=NOW))


def test_a_home_without_anything_has_an_empty_ledger(tmp_path: Path) -> None:
    assert read(Home(tmp_path)) == {}


def test_a_run_that_goes_on_is_seen_before_anything_is_published(tmp_path: Path) -> None:
    begin(Home(tmp_path), 1)

    assert {key: standing.state for key, standing in read(Home(tmp_path)).items()} == {KEY: "running"}


def test_a_run_over_a_loaded_interval_leaves_what_was_loaded(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, make_attempt(1, read_count=2, loaded_count=2))
    begin(home, 2)
    Journal(home.intervals_path).end(2, state="failed", detail="no room", finished_at=NOW)

    found = read(home)[KEY]
    assert (found.state, found.detail, found.attempt_count) == ("failed", "no room", 2)
    assert (found.read_count, found.input_hash, found.loaded_at is None) == (2, "h1", False)


def test_a_run_that_died_once_it_had_published_has_succeeded(tmp_path: Path) -> None:
    home = Home(tmp_path)
    begin(home, 1)
    publish(home, make_attempt(1))

    found = read(home)[KEY]
    assert (found.state, found.attempt_count) == ("success", 1)


def test_who_deletes_the_warehouse_deletes_what_was_loaded(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, make_attempt(1))
    home.warehouse_path.unlink()

    assert read(home) == {}
