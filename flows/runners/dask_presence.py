"""Whether a Dask cluster has workers: who waits for it is told what it waits for, and does not wait for ever."""

import logging
from threading import Lock
from time import monotonic
from typing import Any, Final

from flows.errors import BatchFailedError, DatelineError

LOGGER = logging.getLogger(__name__)

WORKER_SECONDS: Final = 300
"""So long a worker is waited for where there is none: a cluster that makes machines needs minutes."""

LOOK_SECONDS: Final = 10
"""A run that waits for a batch looks so often; a worker that its nanny starts anew is there again sooner."""


def wait_for_worker(client: Any, address: str) -> None:
    """Return as soon as there is a worker, and say so before it is waited for.

    Raises:
        DatelineError: None came in time.
    """
    if not _has_workers(client):
        LOGGER.warning(
            "the Dask cluster has no workers yet, waiting %d s for the first: %s", WORKER_SECONDS, _say_start(address)
        )
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError as error:
        message = f"the Dask cluster has no workers after {WORKER_SECONDS} s: {_say_start(address)}"
        raise DatelineError(message) from error


class Presence:
    """What threads that wait for batches of one cluster know of its workers.

    Dask keeps a batch whose worker is gone until there is another one, and says nothing of it.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._lock = Lock()
        self._missing_since: float | None = None
        self._is_told = False

    def look(self) -> None:
        """Ask for the workers; say so at the second look that finds none.

        Raises:
            BatchFailedError: There have been none for too long.
        """
        with self._lock:
            if _has_workers(self._client):
                self._forget()
                return
            now = monotonic()
            if self._missing_since is None:
                self._missing_since = now
            missing_seconds = now - self._missing_since
            if missing_seconds >= WORKER_SECONDS:
                start = _say_start(self._address)
                raise BatchFailedError(f"the Dask cluster has lost all workers: {start}, then run the same again")
            if missing_seconds >= LOOK_SECONDS and not self._is_told:
                self._is_told = True
                LOGGER.warning(
                    "the Dask cluster has lost all workers, waiting %d s for one: %s",
                    WORKER_SECONDS,
                    _say_start(self._address),
                )

    def note_batch(self) -> None:
        """Take it that a batch was done: somebody is there, whatever the last look found."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        self._missing_since, self._is_told = None, False


def _has_workers(client: Any) -> bool:
    """Tell whether a cluster has a worker now, as far as its scheduler answers."""
    return bool(client.scheduler_info(n_workers=-1)["workers"])


def _say_start(address: str) -> str:
    """Return what to do."""
    return f"start some with: dask worker --nthreads 1 {address}"
