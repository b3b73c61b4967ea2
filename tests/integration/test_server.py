"""What runs at a server that stays: a run, and the schedules of the sources file, which wrong pins silently break.

All of it in one file: a server takes 20 s to start, and a file runs in one process.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.growing_feed import run_growing_feed
from tests.integration.servers import list_runs, make_environment, run_to_end, started, wait_for
from tests.integration.support import query, write_jsonl

pytestmark = [pytest.mark.prefect, pytest.mark.model]

SOURCES = """
[[group]]
name = "locals"
schedule = "0 3 * * *"

[[source]]
name = "The Gazette"
domain = "gazette.example"
group = "locals"
feeds = ["{feed}"]
politeness = {{ delay_seconds = 0, allow_private = true }}
"""
LOADED = {"state": {"name": {"any_": ["Completed"]}}}
"""Not those that found their work done by another, and ended as Skipped."""


@dataclass(frozen=True)
class Served:
    """What was served until a schedule of seconds had brought a load.

    Attributes:
        home: The warehouse's folder.
        runs: The runs of the group that loaded something.
    """

    home: Path
    runs: list[dict[str, Any]]


@pytest.fixture(scope="module")
def served(api: str, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Serve a growing feed, with a schedule that a person adds at the server, and end it after a load."""
    home = tmp_path_factory.mktemp("served")
    log = home / "serve.log"
    environment = make_environment(home / "prefect", PREFECT_API_URL=api, DATELINE_WORKERS="1")

    def list_loaded() -> list[dict[str, Any]]:
        return list_runs(api, "flow_runs", flow_runs=LOADED, flows={"name": {"any_": ["collect"]}})

    with run_growing_feed() as feed:
        (home / "sources.toml").write_text(SOURCES.format(feed=feed), encoding="utf-8")
        with started(["dateline", "--home", str(home), "serve"], environment, log, end_seconds=120):
            wait_for(lambda: find_deployment(api) is not None, seconds=120, what="the group is served", log=log)
            wait_for(lambda: add_schedule(api, seconds=5), seconds=60, what="a schedule is added", log=log)
            wait_for(lambda: bool(list_loaded()), seconds=360, what="a scheduled run loads", log=log)
            runs = list_loaded()
    return Served(home, runs)


def find_deployment(api: str) -> dict[str, Any] | None:
    """Return the deployment of the group, None while there is none."""
    response = httpx.get(f"{api}/deployments/name/collect/locals", timeout=10)
    if response.status_code == httpx.codes.NOT_FOUND:
        return None
    found: dict[str, Any] = response.raise_for_status().json()
    return found


def add_schedule(api: str, *, seconds: int) -> bool:
    """Let the deployment run every few seconds, too, and return that it does; SQLite refuses that while it is busy."""
    deployment = find_deployment(api) or {}
    schedules = [{"active": True, "schedule": {"interval": seconds}}]
    url = f"{api}/deployments/{deployment['id']}/schedules"
    return httpx.post(url, json=schedules, timeout=10).raise_for_status().is_success


def test_a_run_at_a_server_is_seen_there_with_its_steps_and_batches(api: str, tmp_path: Path) -> None:
    articles = write_jsonl(
        tmp_path / "gazette.jsonl", [{"id": "1", "title": "Rain", "text": "Ann Lee spoke in Lisbon."}]
    )
    environment = make_environment(tmp_path / "client", PREFECT_API_URL=api)
    run_to_end(["dateline", "--home", str(tmp_path / "home"), "run", str(articles)], environment)
    runs = list_runs(api, "flow_runs", flow_runs={"name": {"like_": "gazette.jsonl"}})
    states = {run["name"].split()[0]: run["state_type"] for run in runs}
    assert states == dict.fromkeys(("interval", "ingest", "enrich", "load"), "COMPLETED")
    tasks = list_runs(api, "task_runs", flow_runs={"id": {"any_": [run["id"] for run in runs]}})
    batches = {run["name"] for run in tasks if "/" in run["name"]}
    assert batches == {"normalize 1/1", "extract 1/1"}
    assert {str(run["parameters"].get("before", "<Handover>")) for run in runs} == {"<Handover>"}
    (flow_run_id,) = query(tmp_path / "home", "select flow_run_id from dim_run")
    assert flow_run_id == (next(run["id"] for run in runs if run["name"].startswith("interval")),)


def test_a_schedule_fires_and_its_run_loads_what_is_there(served: Served) -> None:
    assert all(run["auto_scheduled"] and run["name"].startswith("locals 20") for run in served.runs)
    assert query(served.home, "select loaded_count from dim_run order by started_at limit 1") == [(1,)]


def test_the_ledger_has_the_interval_between_two_schedules(served: Served) -> None:
    rows = query(served.home, "select distinct source_id, state, interval_end - interval_start from fact_interval")
    assert [(source, state, str(length)) for source, state, length in rows] == [
        ("gazette.example", "success", "1 day, 0:00:00")
    ]


def test_a_run_shows_its_report_and_what_its_workers_log(api: str, served: Served) -> None:
    (row,) = query(served.home, "select flow_run_id from dim_run order by started_at limit 1")
    artifacts = post(api, "artifacts/filter", artifacts={"flow_run_id": {"any_": [str(row[0])]}})
    assert {artifact["key"] for artifact in artifacts} >= {"run-report", "run-new-entities"}
    assert all(artifact["data"] for artifact in artifacts)
    logs = post(api, "logs/filter", logs={"flow_run_id": {"any_": [str(row[0])]}})
    assert any("1 of 1 documents normalized" in line["message"] for line in logs)


def test_whoever_waits_for_the_warehouse_is_told(api: str, served: Served) -> None:
    log = served.home / "serve.log"
    wait_for(lambda: bool(list_published(api, served.home)), seconds=60, what="the event is stored", log=log)
    event = list_published(api, served.home)[-1]
    assert event["payload"]["loaded_count"] == 1
    related = {resource["prefect.resource.id"] for resource in event["related"]}
    assert "dateline.source.gazette.example" in related


def list_published(api: str, home: Path) -> list[dict[str, Any]]:
    """Return the events of what a warehouse published, the newest first; a server stores them some seconds late."""
    named = {"event": {"name": ["dateline.warehouse.published"]}, "order": "DESC"}
    events = post(api, "events/filter", filter=named)["events"]
    return [event for event in events if str(home) in event["resource"]["prefect.resource.name"]]


def post(api: str, path: str, **body: Any) -> Any:
    """Return what a server answers."""
    return httpx.post(f"{api}/{path}", json=body, timeout=10).raise_for_status().json()
