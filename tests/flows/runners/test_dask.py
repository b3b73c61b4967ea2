"""The cluster that is not there."""

import logging
from pathlib import Path

import pytest

from flows.errors import DatelineError
from flows.runners import dask
from flows.runners.dask import DaskWorkers
from flows.settings import Settings
from tests.integration.servers import find_free_port


@pytest.mark.parametrize("host", ["127.0.0.1", "tcp://127.0.0.1"])
def test_a_scheduler_that_does_not_answer_is_an_error_of_one_line(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 1)
    settings = Settings(home=tmp_path, runner="dask", dask_address=f"{host}:{find_free_port()}")
    with DaskWorkers(settings) as workers, pytest.raises(DatelineError, match=f"no Dask scheduler answers at {host}"):
        workers.run_one(abs, -1)
    assert list(tmp_path.rglob("seen-*")) == []


def test_a_connection_that_was_lost_is_closed_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class LostClient:
        def close(self) -> None:
            logging.getLogger("distributed.client").error("Traceback")

    workers = DaskWorkers(Settings(home=tmp_path, runner="dask"))
    with workers:
        monkeypatch.setattr(workers, "_client", LostClient())
    assert caplog.messages == []
    assert not logging.getLogger("distributed.client").disabled


class Cluster:
    """The connection to a cluster: so many workers now, and whether one comes later."""

    def __init__(self, worker_count: int, *, comes_one: bool = True) -> None:
        self.worker_count = worker_count
        self.comes_one = comes_one
        self.is_closed = False

    def scheduler_info(self, *, n_workers: int) -> dict[str, list[int]]:
        """Return the workers."""
        assert n_workers == -1
        return {"workers": [0] * self.worker_count}

    def wait_for_workers(self, _: int, *, timeout: float) -> None:
        """Wait for one."""
        if not self.comes_one:
            raise TimeoutError(timeout)

    def close(self) -> None:
        """End the connection."""
        self.is_closed = True


def connect(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect to it."""
    monkeypatch.setattr(dask, "Client", lambda *_, **__: cluster)
    dask._connect("tcp://[::1]:8786")  # noqa: SLF001  whoever calls it compares the code on real workers first


@pytest.mark.parametrize(
    ("worker_count", "messages"),
    [
        pytest.param(2, [], id="some"),
        pytest.param(
            0,
            [
                (
                    "the Dask cluster has no workers yet, waiting 300 s for the first: "
                    "start some with: dask worker --nthreads 1 tcp://[::1]:8786"
                )
            ],
            id="late",
        ),
    ],
)
def test_workers_that_come_late_are_waited_for_and_it_is_said(
    worker_count: int, messages: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    connect(Cluster(worker_count), monkeypatch)
    assert caplog.messages == messages


def test_workers_that_never_come_are_an_error_of_one_line_and_nothing_stays_connected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cluster = Cluster(0, comes_one=False)
    with pytest.raises(DatelineError, match=r"^the Dask cluster has no workers after 300 s: start some with: dask"):
        connect(cluster, monkeypatch)
    assert cluster.is_closed
