"""The orchestrator's surroundings: its settings, made before it is imported."""

import os
import signal
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import httpx

from flows.errors import DatelineError, UsageError
from flows.home import Home

SERVER_ANSWER_SECONDS: Final = 30

_DEFAULTS: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


def prepare_environment(
    home: Home, environment: MutableMapping[str, str] = os.environ, *, given: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Set what Prefect reads when it is imported, as far as the user has not set it.

    At PREFECT_API_URL when there is one; else under a temporary server whose state is in the home, so that a server
    started later shows these runs too.

    Args:
        home: The home.
        environment: What is changed.
        given: Other defaults than those of a single run.

    Raises:
        DatelineError: The home cannot be written to.
    """
    for name, value in {**_DEFAULTS, **given}.items():
        environment.setdefault(name, value)
    if environment.get("PREFECT_API_URL", "") == "":
        environment.pop("PREFECT_API_URL", None)
        environment.setdefault("PREFECT_HOME", str(home.prefect_path))
        _make_folder(Path(environment["PREFECT_HOME"]))


def require_server(environment: Mapping[str, str] = os.environ) -> None:
    """Check that a server answers at PREFECT_API_URL, which schedules need.

    Raises:
        UsageError: It is not set, no address, or not that of an API.
        DatelineError: Nothing answers there.
    """
    url = environment.get("PREFECT_API_URL", "")
    if url == "":
        raise UsageError(
            "schedules need a server: start one with: prefect server start, and set "
            "PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    try:
        answer = httpx.get(f"{url.rstrip('/')}/health", timeout=SERVER_ANSWER_SECONDS)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise UsageError(f"PREFECT_API_URL is {url!r}: give an address such as http://127.0.0.1:4200/api") from error
    except httpx.TransportError as error:
        raise DatelineError(f"no server answers at {url}: start one with: prefect server start") from error
    is_other = answer.is_success and answer.text.strip() != "true"
    if is_other or answer.status_code == httpx.codes.NOT_FOUND:  # others say that it is there, busy, or asks who we are
        raise UsageError(f"PREFECT_API_URL is {url!r}, where no Prefect API is: it ends in /api as a rule")


def start_server() -> None:
    """Start Prefect's temporary server, where a run needs one, deaf to Ctrl-C.

    A terminal sends Ctrl-C to every process of a command. A flow that is interrupted tells the server how it ended, and
    tries for minutes when the server is gone. What is started while a signal is blocked has it blocked for good
    (https://man7.org/linux/man-pages/man7/signal.7.html); the server is ended by SIGTERM when the program ends.

    Raises:
        DatelineError: It does not start in time: the machine is too busy, or the state in the home is damaged. Or there
            is to be another one, which does not answer.
    """
    from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_EPHEMERAL_ENABLED  # noqa: PLC0415  once they are made

    url = PREFECT_API_URL.value()
    if url:
        require_server({"PREFECT_API_URL": url})
    if url or not PREFECT_SERVER_EPHEMERAL_ENABLED.value():
        return
    from prefect.server.api.server import SubprocessASGIServer  # noqa: PLC0415  3 s of CPU, for those that need it

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        SubprocessASGIServer().start()
    except RuntimeError as error:  # all that Prefect says
        message = "Prefect's temporary server does not start: try again, or run with --no-prefect"
        raise DatelineError(message) from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _make_folder(path: Path) -> None:
    """Make the folder of the state; Prefect itself does not make the folders above it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        advice = "give --home a folder to which you may write"
        raise DatelineError(f"cannot write to {path}: {error.strerror or error}; {advice}") from error
