"""The exchange a thread is at: until when it may go on, and whether anybody still wants it.

httpcore hands its network backend a timeout for each read and nothing else. A server that sends a byte a second never
meets such a timeout; what bounds the whole exchange is asked for here, by the thread that runs it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Event
from typing import Final

import httpcore

from flows.errors import FetchInterruptedError

SLICE_SECONDS: Final = 0.25
"""Nothing waits for longer without looking whether it is still wanted."""


@dataclass(frozen=True)
class Watch:
    """The bounds of one exchange.

    Attributes:
        stop: Set when nobody wants it any more.
        deadline_seconds: How long it may take.
        ends_at: When that is over, on the monotonic clock.
    """

    stop: Event
    deadline_seconds: float
    ends_at: float

    def check(self) -> float:
        """Return the seconds that are left.

        Raises:
            FetchInterruptedError: Nobody wants it any more.
            httpcore.ReadTimeout: None are left.
        """
        check_wanted(self.stop)
        spare = self.ends_at - time.monotonic()
        if spare <= 0:
            raise httpcore.ReadTimeout(f"not done after {self.deadline_seconds:,g} s")
        return spare


_CURRENT: ContextVar[Watch] = ContextVar("watch")


@contextmanager
def watching(stop: Event, deadline_seconds: float) -> Iterator[None]:
    """Bound what this thread exchanges meanwhile."""
    token = _CURRENT.set(Watch(stop, deadline_seconds, time.monotonic() + deadline_seconds))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def check_watch() -> float:
    """Return the seconds that this thread's exchange has left; ``Watch.check`` has the errors."""
    return _CURRENT.get().check()


def check_wanted(stop: Event) -> None:
    """Do nothing while an exchange is wanted.

    Raises:
        FetchInterruptedError: It is not.
    """
    if stop.is_set():
        raise FetchInterruptedError("fetching was interrupted")


def wait_wanted(seconds: float, stop: Event) -> None:
    """Wait.

    Raises:
        FetchInterruptedError: The stop came before.
    """
    stop.wait(seconds)
    check_wanted(stop)
