"""How each host is doing in this run: whose turn it is, and whether it may be asked at all."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Final

from flows.fetch.failures import FetchError
from flows.fetch.messages import Politeness
from flows.fetch.watch import check_wanted, wait_wanted

MAX_SILENCE_COUNT: Final = 3
"""A host that gave no answer, or none in time, so often in a row is down for this run."""

_SLOT_WAIT_SECONDS: Final = 0.05
_MAX_WAIT_SECONDS: Final = 1.0  # then look again: the host may have been closed meanwhile


class Host:
    """One host; all methods may be called by any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._next_at = 0.0
        self._crawl_delay_seconds = 0.0
        self._under_way_count = 0
        self._silence_count = 0
        self._closing: FetchError | None = None

    @contextmanager
    def take_turn(self, politeness: Politeness, stop: Event) -> Iterator[None]:
        """Wait until the host may be asked, and be the one who asks it.

        Raises:
            FetchError: It may not be asked any more.
            FetchInterruptedError: The stop came before.
        """
        while (seconds := self._try_turn(politeness)) is not None:
            wait_wanted(min(seconds, _MAX_WAIT_SECONDS), stop)
        try:
            check_wanted(stop)
            yield
        finally:
            with self._lock:
                self._under_way_count -= 1

    def slow_down(self, delay_seconds: float) -> None:
        """Keep at least so many seconds between the starts of two requests, from now on."""
        with self._lock:
            if delay_seconds > self._crawl_delay_seconds:
                self._crawl_delay_seconds = delay_seconds
                self._next_at = max(self._next_at, time.monotonic() + delay_seconds)

    def pause(self, seconds: float) -> None:
        """Let nobody ask for so long."""
        with self._lock:
            self._next_at = max(self._next_at, time.monotonic() + seconds)

    def close(self, error: FetchError) -> None:
        """Let nobody ask any more: all who would fail at once, like the one who asked last."""
        with self._lock:
            self._closing = error

    def note_answer(self) -> None:
        """Count an answer: the host is up."""
        with self._lock:
            self._silence_count = 0

    def note_silence(self, error: FetchError) -> None:
        """Count a question without an answer; after some in a row the host is closed."""
        with self._lock:
            self._silence_count += 1
            if self._silence_count >= MAX_SILENCE_COUNT and self._closing is None:
                detail = f"no answer {self._silence_count} times in a row, not asked again: {error.detail}"
                self._closing = FetchError("unreachable", detail)

    def check_open(self) -> None:
        """Do nothing while the host may be asked.

        Raises:
            FetchError: It may not.
        """
        closing = self._closing
        if closing is not None:
            raise FetchError(closing.reason, closing.detail)

    def _try_turn(self, politeness: Politeness) -> float | None:
        """Take the turn and return None, or return for how long to wait before the next try."""
        with self._lock:
            self.check_open()
            if self._under_way_count >= politeness.concurrency:
                return _SLOT_WAIT_SECONDS
            now = time.monotonic()
            if self._next_at > now:
                return self._next_at - now
            self._next_at = now + max(politeness.delay_seconds, self._crawl_delay_seconds)
            self._under_way_count += 1
            return None


class HostBook:
    """All hosts of a run, by name: ports and schemes of one name are one machine."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hosts: defaultdict[str, Host] = defaultdict(Host)

    def get(self, name: str) -> Host:
        """Return a host, new at the first call."""
        with self._lock:
            return self._hosts[name]
