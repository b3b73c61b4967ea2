"""Batches on a Dask cluster of two processes: the same warehouse as with workers of this machine, whoever is killed.

Object storage is moto's, a server of the tests' own on 127.0.0.1.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import dask
import fsspec
import pytest
from distributed import LocalCluster
from moto.server import ThreadedMotoServer

from flows.context import RunContext
from flows.errors import StageError
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
def bucket() -> Iterator[str]:
    """Return the address of a bucket, whose server the workers find as the run does: by the environment."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "anybody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "anything")
        fsspec.filesystem("s3").mkdir("press")
        yield "s3://press"
    server.stop()


@pytest.fixture(scope="module")
def address(packages: Path, bucket: str) -> Iterator[str]:
    """Return the address of a cluster."""
    assert packages.exists()
    assert bucket
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


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return articles one of which kills a worker, once."""
    return write_articles(tmp_path_factory.mktemp("articles"), "Lisbon", "Oslo", POISON_ONCE, "Rome")


@pytest.fixture(scope="module")
def local(
    packages: Path, articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[object, ...]]]:
    """Return what a warehouse has that a worker of this machine made."""
    assert packages.exists()
    home = tmp_path_factory.mktemp("local")
    run(home, articles)
    return dump_contents(home)


@pytest.fixture
def killed(packages: Path, local: object) -> Path:
    """Have the article kill again, and return the file that says it has."""
    assert local
    path = packages / NAME / "killed"
    path.unlink()
    return path


def test_a_worker_killed_half_way_changes_nothing(
    address: str, articles: Path, local: object, killed: Path, tmp_path: Path
) -> None:
    counts = run(tmp_path / "dask", articles, runner="dask", dask_address=address).loaded.run

    assert killed.exists()
    assert (counts.read_count, counts.loaded_count) == (4, 4)
    assert dump_contents(tmp_path / "dask") == local
    assert list((tmp_path / "dask" / "stage" / "runs").glob("seen-*")) == []


def test_by_object_storage_it_changes_nothing_either_and_no_object_stays(
    address: str, bucket: str, articles: Path, local: object, killed: Path, tmp_path: Path
) -> None:
    given = {"runner": "dask", "dask_address": address, "stage_url": f"{bucket}/stage"}
    counts = run(tmp_path / "dask", articles, **given).loaded.run

    assert killed.exists()
    assert (counts.read_count, counts.loaded_count) == (4, 4)
    assert dump_contents(tmp_path / "dask") == local
    assert fsspec.filesystem("s3", use_listings_cache=False).find("press") == []


def test_a_bucket_that_is_not_there_ends_the_run_with_one_line(address: str, bucket: str, tmp_path: Path) -> None:
    assert bucket
    given = {"runner": "dask", "dask_address": address, "stage_url": "s3://no-such-bucket"}
    with pytest.raises(StageError, match=r"^cannot write to s3://no-such-bucket: .*not exist; look at the address"):
        run(tmp_path / "dask", write_articles(tmp_path, "Lisbon"), **given)
