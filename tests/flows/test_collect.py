"""What a scheduled run refuses before it does anything; called without Prefect's engine."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import collect as module
from flows.collect import collect
from flows.errors import UsageError

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
SOURCES = """
[[group]]
name = "dailies"
schedule = "0 7 * * *"
[[source]]
name = "The Gazette"
domain = "gazette.example"
group = "dailies"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home that the environment names, with a sources file."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.delenv("DATELINE_SOURCES", raising=False)
    monkeypatch.setattr(module, "end_quietly", lambda: None)
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def test_one_end_of_an_interval_without_the_other_is_refused() -> None:
    with pytest.raises(UsageError, match="give interval_start and interval_end, or leave out both"):
        collect.fn("dailies", interval_start=MARCH)


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match=r"begins at 2026-03-01 00:00, which is not before 2026-03-01 00:00"):
        collect.fn("dailies", interval_start=MARCH, interval_end=MARCH)


def test_a_group_that_left_the_file_is_refused() -> None:
    with pytest.raises(
        UsageError, match='the sources file has no group "weeklies" with sources in it; it has: dailies'
    ):
        collect.fn("weeklies")


def test_a_home_without_a_sources_file_is_refused(home: Path) -> None:
    (home / "sources.toml").unlink()
    with pytest.raises(UsageError, match="there is no sources file at"):
        collect.fn("dailies")
