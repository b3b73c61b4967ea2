"""Batches on a Dask cluster of two processes: the same warehouse as with workers of this machine, whoever is killed."""

from collections.abc import Iterator
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster

from flows.context import RunContext
from flows.inputs import Inputs
from flows.progress import QuietReport
from flows.runners.choice import choose_workers
from flows.settings import Settings
from flows.steps.interval import RunResult, run_interval
from tests.integration.killing_pipeline import NAME, POISON_ONCE, make_killing_pipeline
from tests.integration.support import dump_contents, write_jsonl

CONFIG = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.worker.memory.terminate": False,
    "distributed.scheduler.worker-ttl": None,  # a busy machine is not a dead worker
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder on the path, here and in the workers, with a pipeline that kills."""
    folder = tmp_path_factory.mktemp("packages")
    make_killing_pipeline(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield folder


@pytest.fixture(scope="module")
def address(packages: Path) -> Iterator[str]:
    """Return the address of a cluster."""
    assert packages.exists()
    with (
        dask.config.set(CONFIG),
        LocalCluster(  # type: ignore[no-untyped-call]  # Dask types half of itself
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
    ):
        yield cluster.scheduler_address


def run(home: Path, articles: Path, **settings: object) -> RunResult:
    """Run articles into a home, in batches of a few."""
    given = {"home": home, "model": NAME, "workers": 1, "chunk_char_count": 1, "batch_byte_count": 150, **settings}
    context = RunContext.start(Settings.model_validate(given))
    workers = choose_workers(context.settings)
    return run_interval(Inputs(paths=(articles,)), context=context, pool=workers, report=QuietReport())


def write_articles(folder: Path, *places: str) -> Path:
    """Write an article from each place."""
    records = [
        {"id": f"a{number}", "published": "2024-03-01", "text": f"Sarah Johnson wrote from {place}, its port and town."}
        for number, place in enumerate(places)
    ]
    return write_jsonl(folder / "reports.jsonl", records)


def test_a_worker_killed_half_way_changes_nothing(address: str, tmp_path: Path) -> None:
    articles = write_articles(tmp_path, "Lisbon", "Oslo", POISON_ONCE, "Rome")
    counts = run(tmp_path / "dask", articles, runner="dask", dask_address=address).loaded.run
    run(tmp_path / "local", articles)

    assert (counts.read_count, counts.loaded_count) == (4, 4)
    assert dump_contents(tmp_path / "dask") == dump_contents(tmp_path / "local")
    assert list((tmp_path / "dask" / "stage" / "runs").glob("seen-*")) == []
