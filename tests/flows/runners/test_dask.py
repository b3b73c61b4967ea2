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
