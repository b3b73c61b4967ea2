"""How the workers of a cluster come by the files that they work on, and a run by what they make of them.

Either all share the folder of the home, and hand over by it; or the home is the run's alone, and what a batch needs and
makes goes over an ``object_store``. Stage files lie in the home either way.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from flows.errors import UsageError
from flows.home import Home
from flows.settings import Settings

Result = TypeVar("Result")


class Exchange(Protocol):
    """What both ways have in common; it goes to the workers with each batch, and can be hashed."""

    @property
    def home(self) -> Path:
        """DIR of the run, absolute."""
        ...

    def open(self) -> None:
        """Make it ready, in the run: what an earlier one has left is removed, and there is something to be found."""
        ...

    def close(self) -> None:
        """Remove what is left of the run."""
        ...

    def require(self) -> None:
        """Check, in a worker, that it finds what the run has put there.

        Raises:
            UsageError: It does not; the message names the machine.
        """
        ...

    def send(self, order: Any, key: str) -> None:
        """Hand over what an order reads.

        Raises:
            StageError: That cannot be done.
        """
        ...

    def do(self, function: Callable[[Any], Result], order: Any, key: str) -> tuple[Result, Sequence[str]]:
        """Do an order, in a worker; return its result, and what is to be received, in the order in which it was made.

        Raises:
            StageError: What was handed over cannot be taken, or what was made cannot be handed over.
        """
        ...

    def receive(self, names: Iterable[str], key: str) -> None:
        """Take over what a worker made, in the order of the names.

        Raises:
            StageError: That cannot be done.
        """
        ...

    def discard(self, key: str) -> None:
        """Remove what was handed over for an order."""
        ...


@dataclass(frozen=True, kw_only=True)
class SharedFolder:
    """The home, which all workers have at the same path: nothing needs to be moved.

    Attributes:
        home: DIR, absolute.
        marker: The name of a file that workers are to find in it.
    """

    home: Path
    marker: str

    @property
    def _marker_path(self) -> Path:
        return Home(self.home).stage_path / "runs" / self.marker  # swept when a run begins

    def open(self) -> None:
        """Put a file there to be found."""
        self._marker_path.parent.mkdir(parents=True, exist_ok=True)
        self._marker_path.touch()

    def close(self) -> None:
        """Remove it."""
        self._marker_path.unlink(missing_ok=True)

    def require(self) -> None:
        """Check that this worker finds it.

        Raises:
            UsageError: It does not.
        """
        if not self._marker_path.exists():
            raise UsageError(
                f"the Dask worker on {socket.gethostname()} does not find {self.home}: share the folder, at the same "
                "path, or give --stage-url s3://BUCKET/PREFIX"
            )

    def send(self, order: Any, key: str) -> None:
        """Do nothing: it is there."""

    def do(self, function: Callable[[Any], Result], order: Any, key: str) -> tuple[Result, Sequence[str]]:
        """Return the result of an order; nothing is to be received."""
        _ = key
        return function(order), ()

    def receive(self, names: Iterable[str], key: str) -> None:
        """Do nothing: it is there."""

    def discard(self, key: str) -> None:
        """Do nothing: nothing was handed over."""


def make_exchange(settings: Settings) -> Exchange:
    """Return how files are handed over, as the settings say; nothing is touched yet.

    Raises:
        UsageError: The address of the store means nothing, or what reaches it is not installed.
    """
    home, marker = settings.home.absolute(), f"seen-{uuid4().hex}"
    if not settings.stage_url:
        return SharedFolder(home=home, marker=marker)

    from flows.runners.object_store import ObjectStore  # noqa: PLC0415  what most do without

    return ObjectStore.parse(settings.stage_url, home=home, marker=marker)
