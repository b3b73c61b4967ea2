"""What fails around a run: nothing is lost, nothing is there twice, and the same command goes on.

What fails in it: ``test_killed_workers.py``, ``test_fetching.py`` (sources), ``tests/warehouse/test_publish.py``.
"""

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.integration.servers import make_environment
from tests.integration.support import Run, query, write_jsonl
from warehouse.errors import WarehouseError

pytestmark = pytest.mark.model

DATELINE = str(Path(sys.executable).with_name("dateline"))
ARTICLES = [
    {"id": f"a{number}", "published": "2024-03-01", "text": f"Sarah Johnson wrote from {place} on Monday."}
    for number, place in enumerate(("Lisbon", "Oslo", "Rome"))
]


@contextmanager
def limited_files(byte_count: int) -> Iterator[None]:
    """Have no file grow beyond a size in the block, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_is_full_fails_the_run_and_the_next_one_goes_on(tmp_path: Path, run: Run) -> None:
    articles = write_jsonl(tmp_path / "reports.jsonl", ARTICLES)
    with limited_files(100_000), pytest.raises(WarehouseError):
        run(tmp_path / "home", articles)
    assert not (tmp_path / "home" / "warehouse.duckdb").exists()
    result = run(tmp_path / "home", articles)

    assert result.extracted.chunk_count == 0  # read before the disk was full
    assert result.loaded.run.loaded_count == 3


class Proxy:
    """A way to a server, which can be cut."""

    def __init__(self, address: str) -> None:
        self._target = urlsplit(address)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listener]
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}{self._target.path}"
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End all connections, and take no other."""
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection((self._target.hostname or "", self._target.port or 80))
                self._sockets += [near, far]
                for pair in ((near, far), (far, near)):
                    Thread(target=_pass_on, args=pair, daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    target.close()


@pytest.mark.prefect
def test_the_work_of_a_run_is_kept_when_its_server_goes_down(api: str, tmp_path: Path) -> None:
    articles = write_jsonl(tmp_path / "reports.jsonl", ARTICLES)
    home, proxy = tmp_path / "home", Proxy(api)
    environment = make_environment(
        tmp_path / "client", PREFECT_API_URL=proxy.address, PREFECT_CLIENT_MAX_RETRIES="0", DATELINE_WORKERS="1"
    )
    command = [DATELINE, "--home", str(home), "run", str(articles)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 300
        while not list(home.glob("stage/texts/*/*/*.parquet")) and time.monotonic() < deadline:
            time.sleep(0.02)
        proxy.cut()
        _, errors = process.communicate(timeout=300)
    assert process.returncode in {0, 1}, errors
    environment["PREFECT_API_URL"] = api
    done = subprocess.run([*command, "--no-prefect"], env=environment, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert query(home, "select count(*), count(distinct external_id) from dim_article where article_key > 0") == [
        (3, 3)
    ]
