"""A Prefect server of the tests' own on 127.0.0.1, and the environment of programs that talk to it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

START_SECONDS = 180
END_SECONDS = 20


def find_free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def make_environment(home: Path, **changes: str) -> dict[str, str]:
    """Return the environment of a program that knows nothing of the user's own Prefect."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DATELINE_"))}
    settings = {"PREFECT_HOME": str(home), "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    return kept | settings | changes


@contextmanager
def started(
    command: list[str], environment: dict[str, str], log: Path, *, end_seconds: float = END_SECONDS
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a program of this environment, its output in a file, and end it with the block."""
    program = str(Path(sys.executable).with_name(command[0]))
    with log.open("wb") as output:
        process = subprocess.Popen([program, *command[1:]], env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(end_seconds)
            process.kill()
            process.wait()


def run_to_end(command: list[str], environment: dict[str, str]) -> str:
    """Run a program of this environment that ends well and says nothing of errors, and return what it prints."""
    program = str(Path(sys.executable).with_name(command[0]))
    done = subprocess.run(
        [program, *command[1:]], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def wait_for(holds: Callable[[], bool], *, seconds: float, what: str, log: Path) -> None:
    """Return as soon as something holds; say what does not when the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(httpx.HTTPError):
            if holds():
                return
        time.sleep(0.5)
    raise TimeoutError(f"{what}: not within {seconds} s; the log ends {log.read_text(errors='replace')[-2000:]!r}")


@contextmanager
def run_server(folder: Path) -> Iterator[str]:
    """Start a Prefect server and give the address of its API."""
    port = find_free_port()
    api = f"http://127.0.0.1:{port}/api"
    log = folder / "server.log"
    command = ["prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    with started(command, make_environment(folder / "server"), log):
        wait_for(
            lambda: httpx.get(f"{api}/health", timeout=5).status_code == httpx.codes.OK,
            seconds=START_SECONDS,
            what="the server answers",
            log=log,
        )
        yield api


def list_runs(api: str, kind: str, **filters: Any) -> list[dict[str, Any]]:
    """Return flow_runs or task_runs of a server."""
    response = httpx.post(f"{api}/{kind}/filter", json=filters, timeout=10)
    response.raise_for_status()
    found: list[dict[str, Any]] = response.json()
    return found
