"""The cluster that is not there."""

import logging
from pathlib import Path

import pytest

from flows.errors import DatelineError
from flows.runners import dask
from flows.runners.dask import Connection, DaskWorkers
from flows.runners.dask_presence import Presence
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
        client = LostClient()
        monkeypatch.setattr(workers, "_connection", Connection(client, Presence(client, "tcp://127.0.0.1:8786")))
    assert caplog.messages == []
    assert not logging.getLogger("distributed.client").disabled


class Connected:
    """A connection to a cluster, and whether it was ended."""

    is_closed = False

    def close(self) -> None:
        """End it."""
        self.is_closed = True


def test_nothing_stays_connected_when_no_worker_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    def miss_worker(*_: object) -> None:
        raise DatelineError

    client = Connected()
    monkeypatch.setattr(dask, "Client", lambda *_, **__: client)
    monkeypatch.setattr(dask, "wait_for_worker", miss_worker)
    with pytest.raises(DatelineError):
        dask._connect("tcp://[::1]:8786")  # noqa: SLF001  whoever calls it compares the code on real workers first
    assert client.is_closed


class Watched:
    """A batch that ends after so many looks, or not."""

    status = "pending"

    def __init__(self, look_count: int) -> None:
        self.left_count = look_count

    def result(self, *, timeout: float) -> str:
        """Return what came of it."""
        if self.left_count == 0:
            return "done"
        self.left_count -= 1
        raise TimeoutError(timeout)


class Absent:
    """Workers of which nobody is there: how often that was seen."""

    look_count = 0
    is_back = False

    def look(self) -> None:
        """See it."""
        self.look_count += 1

    def note_batch(self) -> None:
        """Hear of a batch that somebody did."""
        self.is_back = True


def test_workers_are_looked_for_until_a_batch_is_done_which_is_noted(tmp_path: Path) -> None:
    workers, absent = DaskWorkers(Settings(home=tmp_path, runner="dask", batch_timeout_seconds=900)), Absent()
    assert workers._wait_watching(absent, Watched(3)) == "done"  # type: ignore[arg-type,comparison-overlap]  # noqa: SLF001
    assert (absent.look_count, absent.is_back) == (3, True)


def test_a_batch_whose_time_is_up_before_the_first_look_is_not_waited_for(tmp_path: Path) -> None:
    workers, absent = DaskWorkers(Settings(home=tmp_path, runner="dask", batch_timeout_seconds=5)), Absent()
    with pytest.raises(TimeoutError):
        workers._wait_watching(absent, Watched(3))  # type: ignore[arg-type]  # noqa: SLF001
    assert (absent.look_count, absent.is_back) == (0, False)
