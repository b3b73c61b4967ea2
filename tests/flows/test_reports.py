"""What a person reads after a run and of a warehouse: every number is there once, and no text steers the terminal."""

import dataclasses
import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.console import Console

from flows.status_report import print_status
from flows.steps.extract import Extracted
from flows.steps.interval import RunResult
from flows.steps.load import LoadResult
from flows.summary import print_summary, shorten_text
from transforms.schemas import REJECT
from warehouse.load import RunRecord, load_rejects, load_run
from warehouse.load_decisions import ExternalCounts
from warehouse.publish import build_aside
from warehouse.status import read_status

DATELINE = str(Path(sys.executable).with_name("dateline"))
START = datetime(2026, 2, 3, 10, tzinfo=UTC)
RUN = RunRecord(
    run_key=7,
    flow_run_id=None,
    interval_start=START,
    interval_end=START.replace(day=4),
    started_at=START,
    finished_at=START.replace(minute=1),
    code_version="1",
    model_name="toy",
    model_version="1.0",
    model_backend="numpy",
    read_count=1_210,
    loaded_count=1_100,
    unchanged_count=70,
    duplicate_count=30,
    rejected_count=10,
    unsupported_count=4,
    removed_line_count=55,
)
REJECTS = pl.DataFrame(
    [
        ("file:///x/a.txt", "x/a.txt", "00", "empty", "no bytes"),
        ("file:///x/\x1b[2J", "x/b.txt", "01", "not_text", "\x1b[31m"),
    ],
    schema=REJECT,
    orient="row",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a warehouse that saw one run and two rejects."""
    warehouse = tmp_path / "warehouse.duckdb"
    with build_aside(warehouse) as con:
        load_rejects(con, REJECTS, run_key=RUN.run_key, rejected_at=RUN.started_at)
        load_run(con, RUN)
    return warehouse


def make_result(path: Path, *, dangling: Sequence[Mapping[str, Any]] = (), **changes: Any) -> RunResult:
    """Return the result of the run."""
    run = dataclasses.replace(RUN, **changes)
    loaded = LoadResult(
        run=run,
        reject_counts={"not_text": 6, "empty": 4},
        warehouse_path=path,
        dangling=dangling,
        external_counts=ExternalCounts(matched=3, ambiguous=2),
    )
    return RunResult(loaded=loaded, extracted=Extracted(chunk_count=1, text_count=1, nlp_cpu_seconds=1.0))


def summarise(path: Path, home: Path, **changes: Any) -> str:
    """Return the summary as printed."""
    out = io.StringIO()
    print_summary(make_result(path, **changes), home=home, console=Console(file=out, width=120))
    return out.getvalue()


def test_a_summary_accounts_for_every_document(path: Path) -> None:
    words = summarise(path, Path("news room")).split()
    assert words[:6] == ["1,210", "documents", "read", "in", "60.0", "s"]
    for count, what in (("1,100", "loaded"), ("70", "unchanged"), ("30", "met"), ("10", "rejected")):
        assert words[words.index(count) + 1] == what
    assert [words[words.index(name) - 1] for name in ("not_text:", "empty:")] == ["6", "4"]
    assert words[words.index("lines") - 1] == "55"
    assert "4 of the loaded are in a language" in " ".join(words)


def test_a_summary_is_silent_of_what_did_not_happen(path: Path) -> None:
    text = summarise(path, Path("data"), unsupported_count=0, removed_line_count=0)
    assert "language" not in text
    assert "article_removed_line" not in text


def test_a_summary_warns_of_decisions_on_what_is_not_here_and_counts_external_ids(path: Path) -> None:
    out = io.StringIO()
    result = make_result(path, dangling=[{"line_number": 4, "detail": "no entity ORG:\x1b[2J"}])
    print_summary(result, home=Path("data"), console=Console(file=out, width=120))
    assert (
        "warning: decisions line 4: no entity ORG:\ufffd[2J here: nothing done, until it is loaded\n" in out.getvalue()
    )
    assert "3 entities have an external id from the table; 2 have none, " in out.getvalue()


def test_a_name_without_end_is_cut_short() -> None:
    assert shorten_text("T" * 100) == "T" * 60 + "…"
    assert shorten_text("a\x1b[2Jb") == "a\ufffd[2Jb"


def test_what_to_type_next_can_be_pasted(path: Path) -> None:
    assert "  dateline --home 'news room' status\n" in summarise(path, Path("news room"))
    assert "  dateline status\n" in summarise(path, Path("data"))


def test_brackets_and_colons_in_the_name_of_a_home_are_printed_as_they_are(path: Path) -> None:
    home = path.parent / "[x] :bomb: [/b]"
    home.mkdir(parents=True)
    moved = path.rename(home / path.name)
    out = io.StringIO()
    print_status(read_status(moved), moved, console=Console(file=out))
    text = summarise(moved, home)
    assert f"{moved}: " in out.getvalue()
    assert f"{moved} holds " in text
    assert f"--home '{home}' status\n" in text


def test_a_status_shows_runs_and_rejects(path: Path) -> None:
    out = io.StringIO()
    print_status(read_status(path), path, console=Console(file=out))
    lines = out.getvalue().splitlines()
    assert any(line.split()[:4] == ["2026-02-03", "10:00:00", "60.0", "1,210"] for line in lines)
    assert any(line.split()[:2] == ["empty", "1"] for line in lines)
    assert "\x1b" not in out.getvalue()


def test_a_status_as_json_has_the_same_rows(path: Path) -> None:
    command = [DATELINE, "--home", str(path.parent), "status", "--json"]
    found = json.loads(subprocess.run(command, capture_output=True, timeout=60, check=True).stdout)
    assert [run["read_count"] for run in found["last_runs"]] == [1_210]
    assert {row["reason"]: row["document_count"] for row in found["rejects"]} == {"empty": 1, "not_text": 1}


def test_a_missing_warehouse_is_an_error_of_one_line(tmp_path: Path) -> None:
    command = [DATELINE, "--home", str(tmp_path), "status"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
