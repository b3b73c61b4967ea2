"""What a run leaves on its page: text of documents never acts as markup, a server that is gone costs the page alone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import httpx
import pytest

from flows import artifacts
from flows.artifacts import ArtifactReport, escape_markdown, format_report
from flows.context import Interval, RunContext
from flows.progress import FETCHING
from flows.steps.interval import RunResult

HOSTILE = "<script>alert(1)</script> | [x](javascript:1) `rm`\x1b[2J"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make_run(home: str = "/srv/news") -> tuple[RunResult, RunContext]:
    """Return a run of 1,200 documents, of which 1,000 were loaded."""
    record = SimpleNamespace(
        read_count=1_200,
        loaded_count=1_000,
        unchanged_count=150,
        duplicate_count=20,
        rejected_count=30,
        started_at=NOON,
        finished_at=datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC),
        code_version="0.1.0+abc",
    )
    loaded = SimpleNamespace(run=record, warehouse_path=Path(home) / "warehouse.duckdb", source_ids=frozenset({"a"}))
    context = SimpleNamespace(
        interval=Interval(datetime(2026, 3, 2, 11, tzinfo=UTC), NOON), run_key=7, started_at=NOON, source_ids=()
    )
    return cast("RunResult", SimpleNamespace(loaded=loaded)), cast("RunContext", context)


def write_report(home: str = "/srv/news", **rows: list[Mapping[str, Any]]) -> str:
    """Return the report of that run."""
    result, context = make_run(home)
    return format_report(result, context, **cast("Any", {"rejects": [], "troubles": [], "entities": []} | rows))


def test_a_report_has_the_counts_of_the_run() -> None:
    lines = write_report().splitlines()
    assert lines[0] == "# 1,000 of 1,200 documents loaded"
    assert lines[6:11] == [
        "| read | 1,200 |",
        "| loaded | 1,000 |",
        "| unchanged | 150 |",
        "| duplicate | 20 |",
        "| rejected | 30 |",
    ]


def test_a_report_has_a_section_only_for_what_there_is() -> None:
    reject = {"reason": "too_large", "documents": 30, "meaning": "more bytes than are read"}
    assert "## Refused" not in write_report()
    assert "| too\\_large | 30 | more bytes than are read |" in write_report(rejects=[reject])


def test_a_name_from_a_document_never_acts_as_markup() -> None:
    row = {"name": HOSTILE, "entity_type": "PERSON", "article_count": 1, "mention_count": 2}
    (line,) = [line for line in write_report(entities=[row]).splitlines() if "script" in line]
    assert line == (
        r"| \<script\>alert\(1\)\</script\> \| \[x\]\(javascript:1\) \`rm\`"
        "\N{REPLACEMENT CHARACTER}"
        r"\[2J | PERSON | 1 | 2 |"
    )


def test_commands_to_paste_survive_a_home_with_quotes_and_backticks() -> None:
    commands = write_report("/srv/it's ```news").partition("## Ask further")[2]
    assert commands.count("````sh\n") == 3
    assert """dateline --home '/srv/it'"'"'s ```news' sql "from dim_run where run_key = 7\"""" in commands


def test_white_space_in_a_cell_stays_on_its_line() -> None:
    assert escape_markdown("one\n\n# two") == r"one \# two"


class Shown:
    """Stands for the server: what it was told of a bar."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.progress: list[float] = []
        self.created_count = 0
        monkeypatch.setattr(artifacts, "create_progress_artifact", self.create)
        monkeypatch.setattr(artifacts, "update_progress_artifact", self.update)

    def create(self, progress: float, **_: str) -> UUID:
        """Begin a bar."""
        self.created_count += 1
        self.progress.append(progress)
        return UUID(int=1)

    def update(self, _: UUID, progress: float) -> None:
        """Move the bar."""
        self.progress.append(progress)


def test_the_bar_is_moved_every_few_seconds_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Shown(monkeypatch)
    now = 0.0
    report = ArtifactReport(clock=lambda: now)
    report.expect(8)
    for moment in (1.0, 5.0, 6.0, 6.5):
        now = moment
        report.advance(2)
    assert shown.progress == [0.0, 50.0, 100.0]


def test_pages_and_articles_are_counted_apart_on_one_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Shown(monkeypatch)
    moments = count(0.0, 10.0)
    report = ArtifactReport(clock=lambda: next(moments))
    for step in (FETCHING, "normalizing"):
        report.begin(step)
        report.expect(2)
        report.advance(1)
        report.advance(1)
    assert shown.progress == [0.0, 50.0, 100.0] * 2
    assert shown.created_count == 1


def test_a_server_that_is_gone_costs_the_bar_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise httpx.ConnectError("nobody there")

    monkeypatch.setattr(artifacts, "create_progress_artifact", fail)
    report = ArtifactReport()
    report.expect(8)
    report.advance(8)
    assert "the server did not take what it was to show: nobody there" in caplog.text
