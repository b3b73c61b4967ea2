"""Which workers a run has, and what is said where they cannot be had."""

import pytest

from flows.errors import UsageError
from flows.runners import choice
from flows.runners.choice import choose_workers
from flows.runners.dask import DaskWorkers
from flows.settings import Settings
from flows.workers import WorkerPool

ADDRESS = "tcp://cluster.example:8786"


def test_the_processes_of_this_machine_work_unless_said_otherwise() -> None:
    assert isinstance(choose_workers(Settings()), WorkerPool)


def test_a_cluster_works_where_it_is_named() -> None:
    assert isinstance(choose_workers(Settings(runner="dask", dask_address=ADDRESS)), DaskWorkers)


def test_a_cluster_without_an_address_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="--dask-address"):
        choose_workers(Settings(runner="dask"))


def test_a_cluster_without_dask_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="pip install distributed"):
        choose_workers(Settings(runner="dask", dask_address=ADDRESS))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("bucket/prefix", "give an address such as s3://BUCKET/PREFIX", id="no scheme"),
        pytest.param("s3://", "give an address such as s3://BUCKET/PREFIX", id="no bucket"),
        pytest.param("file:///shared", "give an address such as s3://BUCKET/PREFIX", id="a folder"),
        pytest.param("carrier-pigeon://coop", "Protocol not known: carrier-pigeon", id="unknown scheme"),
        pytest.param("gs://bucket", "install gcsfs", id="not installed"),
    ],
)
def test_an_address_for_stage_files_that_leads_nowhere_is_wrong_usage(url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        choose_workers(Settings(runner="dask", dask_address=ADDRESS, stage_url=url))
