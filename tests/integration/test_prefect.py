"""Runs under Prefect: at a server, and under its temporary one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.servers import list_runs, make_environment
from tests.integration.support import query, write_jsonl

pytestmark = pytest.mark.prefect

DATELINE = str(Path(sys.executable).with_name("dateline"))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a file of one article."""
    return write_jsonl(
        tmp_path / "gazette.jsonl", [{"id": "1", "title": "Rain", "text": "Sarah Johnson spoke in Lisbon on Monday."}]
    )


def run_dateline(home: Path, articles: Path, environment: dict[str, str]) -> str:
    """Run ``dateline run`` and return what it prints."""
    done = subprocess.run(
        [DATELINE, "--home", str(home), "run", str(articles)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.model
def test_a_run_at_a_server_is_seen_there_with_its_steps_and_batches(api: str, articles: Path, tmp_path: Path) -> None:
    environment = make_environment(tmp_path / "client", PREFECT_API_URL=api)
    run_dateline(tmp_path / "home", articles, environment)
    runs = list_runs(api, "flow_runs", flow_runs={"name": {"like_": "gazette.jsonl"}})
    states = {run["name"].split()[0]: run["state_type"] for run in runs}
    assert states == dict.fromkeys(("interval", "ingest", "enrich", "load"), "COMPLETED")
    tasks = list_runs(api, "task_runs", flow_runs={"id": {"any_": [run["id"] for run in runs]}})
    batches = {run["name"] for run in tasks if "/" in run["name"]}
    assert batches == {"normalize 1/1", "extract 1/1"}
    assert {str(run["parameters"].get("before", "<Handover>")) for run in runs} == {"<Handover>"}
    (flow_run_id,) = query(tmp_path / "home", "select flow_run_id from dim_run")
    assert flow_run_id == (next(run["id"] for run in runs if run["name"].startswith("interval")),)


@pytest.mark.model
def test_a_run_without_a_server_keeps_its_history_in_the_home(articles: Path, tmp_path: Path) -> None:
    environment = make_environment(tmp_path / "elsewhere")
    del environment["PREFECT_HOME"]
    printed = run_dateline(tmp_path / "home", articles, environment)
    assert "1 documents read" in printed
    assert (tmp_path / "home" / "prefect" / "prefect.db").exists()
