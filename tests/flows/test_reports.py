"""What a person reads after a run and of a warehouse: every number is there once, and no text steers the terminal."""

import dataclasses
import io
import json
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.console import Console

from flows.status_report import print_source_status, print_status
from flows.steps.extract import Extracted
from flows.steps.interval import RunResult
from flows.steps.load import LoadResult
from flows.summary import print_summary, shorten_text
from flows.terminal import make_console
from transforms.schemas import REJECT
from warehouse.load import RunRecord, load_rejects, load_run
from warehouse.load_decisions import ExternalCounts
from warehouse.publish import build_aside
from warehouse.query import run_query
from warehouse.scripts import run_tables
from warehouse.status import read_source_status, read_status

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
        source_ids=frozenset({"gull.example"}),
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


EXPECTED = """
    insert into dim_source select * replace ({number} as source_key, '{id}' as source_id, '{name}' as name,
        true as is_current) from dim_source where source_key = -1;
    insert into fact_source_expectation values
        ({number}, 20260202, 'article_count', 3, 3, 20, null, 'file', 0, 'low', '3 new articles, expected more'),
        ({number}, 20260203, 'article_count', 9, 9, 20, null, 'file', 0, 'too_little_data', 'not over'),
        ({number}, 20260203, 'author_ratio', 0.5, 20, null, null, 'file', 0, 'met', 'half'),
        ({number}, 20260203, 'date_ratio', 0, 20, 0.9, null, 'file', 0, 'low', 'none is dated');
"""


def disappoint(path: Path, *names: str) -> frozenset[str]:
    """Let outlets of these names have had days that were not as expected; return their ids."""
    ids = [f"outlet-{number:02}" for number in range(len(names))]
    with build_aside(path) as con:
        con.execute("create temp table year_in_use as select 2026 as year_number")
        run_tables(con, "calendar", "dim_date")
        for number, (source_id, name) in enumerate(zip(ids, names, strict=True), start=1):
            con.execute(EXPECTED.format(number=number, id=source_id, name=name))
    return frozenset(ids)


def list_unmet(path: Path, source_ids: frozenset[str]) -> list[str]:
    """Return the lines of a summary that say what was not as expected."""
    result = make_result(path)
    loaded = dataclasses.replace(result.loaded, source_ids=source_ids)
    out = io.StringIO()
    print_summary(dataclasses.replace(result, loaded=loaded), home=Path("news room"), console=Console(file=out))
    _, _, rest = out.getvalue().partition("not as expected:\n")
    return rest.partition("\n\n")[0].splitlines()


def test_a_summary_says_what_was_not_as_expected_on_the_last_day_judged(path: Path) -> None:
    source_ids = disappoint(path, "The [b]Gazette\x1b[2J")
    assert list_unmet(path, source_ids) == [
        "  The [b]Gazette\ufffd[2J: 2026-02-02 3 new articles, expected more; 2026-02-03 none is dated",
    ]


def test_a_summary_leaves_out_outlets_that_the_run_did_not_touch(path: Path) -> None:
    disappoint(path, "The Gazette")
    assert list_unmet(path, frozenset({"other.example"})) == []


def test_a_summary_names_ten_outlets_at_most(path: Path) -> None:
    source_ids = disappoint(path, *(f"Gazette {number:02}" for number in range(13)))
    lines = list_unmet(path, source_ids)
    assert [line.split(":")[0].strip() for line in lines[:-1]] == [f"Gazette {number:02}" for number in range(10)]
    assert lines[-1] == "  and 3 more: dateline --home 'news room' status --sources"


def test_a_status_shows_ten_of_what_was_not_as_expected_and_of_the_sources_all(path: Path) -> None:
    disappoint(path, *(f"Gazette {number:02}" for number in range(6)))
    out, all_out = io.StringIO(), io.StringIO()
    print_status(read_status(path), path, console=Console(file=out))
    print_source_status(read_source_status(path), console=Console(file=all_out))
    rows = [line.split() for line in out.getvalue().splitlines() if line.startswith("Gazette")]
    assert [row[3:5] for row in rows[:2]] == [["article_count", "low"], ["date_ratio", "low"]]
    assert len(rows) == 10
    assert "and 2 more: --sources shows all" in out.getvalue()
    assert all_out.getvalue().count("\nGazette") == 18
    assert "author_ratio" in all_out.getvalue()


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


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        pytest.param({"unchanged_count": 40, "duplicate_count": 2}, "all that was read was there before", id="known"),
        pytest.param({"rejected_count": 3, "unchanged_count": 40}, "what was refused, and why", id="refused"),
        pytest.param({}, "no document came", id="nothing read"),
    ],
)
def test_a_run_that_loads_nothing_says_so_and_why(path: Path, counts: Mapping[str, int], said: str) -> None:
    parts = {"loaded_count": 0, "unchanged_count": 0, "duplicate_count": 0, "rejected_count": 0, **counts}
    text = summarise(path, Path("news room"), read_count=sum(parts.values()), **parts)
    assert said in text.partition("\n\nnothing ")[2]
    assert "next:" not in text


def test_what_was_refused_can_be_asked_as_it_is_printed(path: Path) -> None:
    text = summarise(path, path.parent, read_count=10, loaded_count=0, unchanged_count=0, duplicate_count=0)
    command = text.partition("and why:\n")[2].strip()
    assert shlex.split(command)[:4] == ["dateline", "--home", str(path.parent), "sql"]
    with run_query(path, shlex.split(command)[4]) as answer:
        assert sum(batch.num_rows for batch in answer) == 2


def test_what_to_type_next_can_be_pasted(path: Path) -> None:
    assert "  dateline --home 'news room' status\n" in summarise(path, Path("news room"))
    assert "  dateline status\n" in summarise(path, Path("data"))


def test_brackets_and_colons_in_the_name_of_a_home_are_printed_as_they_are(path: Path) -> None:
    home = path.parent / "[x] :bomb: [/b]"
    home.mkdir(parents=True)
    moved = path.rename(home / path.name)
    out = io.StringIO()
    print_status(read_status(moved), moved, console=make_console(out))
    text = summarise(moved, home)
    assert f"{moved}: " in out.getvalue()
    assert f"{moved} holds " in text
    assert f"--home '{home}' status\n" in text


def test_a_status_shows_runs_and_rejects(path: Path) -> None:
    out = io.StringIO()
    print_status(read_status(path), path, console=make_console(out))
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
