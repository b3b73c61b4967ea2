"""Object storage between a run and the workers of a cluster that do not see its home.

The files that a batch reads are put into a folder of objects of its own; the worker works on copies, puts what it has
made into the same folder, and the run writes that into its home and removes the objects. So a run plans, resumes and
loads as if it were on one machine, and a store that is slow, or is emptied, costs nothing but what is under way.

The store is reached by fsspec (https://filesystem-spec.readthedocs.io) and not by polars: files go over as they are,
and have to be listed and removed, which polars does not do; what reads and writes Parquet goes on seeing local files.
"""

import logging
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol, Self, TypeVar

import fsspec
from distributed import get_worker

from flows.errors import StageError, UsageError
from flows.stage import read_bytes, write_bytes
from transforms.keys import compute_hash

LOGGER = logging.getLogger(__name__)

Result = TypeVar("Result")

ADVICE: Final = "look at the address, at AWS_ENDPOINT_URL and at the credentials, then run again"


class FileOrder(Protocol):
    """A dataclass that says what is done to files of a home; its paths are all in there."""

    def list_inputs(self) -> list[Path]:
        """Return the files that it reads, as far as they are there."""
        ...

    def list_outputs(self) -> list[Path]:
        """Return the files that it makes, in the order in which it makes them."""
        ...


@dataclass(frozen=True, kw_only=True)
class ObjectStore:
    """A ``runners.exchange.Exchange`` by objects.

    Attributes:
        url: As it was given, for messages and workers.
        folder: In it, that of the home: homes may share an address, and each removes its own.
        home: DIR, absolute; workers need not have it.
        marker: The name of an object that they are to find.
    """

    url: str
    folder: str
    home: Path
    marker: str

    @classmethod
    def parse(cls, url: str, *, home: Path, marker: str) -> Self:
        """Return the store at an address; nothing is asked of it yet.

        Raises:
            UsageError: The address means nothing, or what reaches it is not installed.
        """
        scheme, _, place = url.partition("://")
        if scheme in {"file", "local"} or not place.strip("/"):
            raise UsageError(f"--stage-url is {url!r}: give an address such as s3://BUCKET/PREFIX")
        try:
            fsspec.core.url_to_fs(url)
        except ValueError as error:
            raise UsageError(f"--stage-url is {url!r}: {error}") from error
        except ImportError as error:
            raise UsageError(f"--stage-url is {url!r}: {error}; for s3: pip install s3fs") from error
        return cls(url=url, folder=compute_hash("home", socket.gethostname(), str(home))[:16], home=home, marker=marker)

    def open(self) -> None:
        """Remove what a run that was killed has left, and put an object there to be found.

        Raises:
            StageError: The store does not answer, or refuses.
        """
        with self._reaching("write to"):
            store, root = self._connect()
            _remove(store, root)
            store.pipe_file(f"{root}/{self.marker}", b"dateline")

    def close(self) -> None:
        """Remove all objects of the home; those that cannot be removed now are removed by the next run."""
        try:
            with self._reaching("remove objects from"):
                _remove(*self._connect())
        except StageError as error:
            LOGGER.warning("%s", error)

    def require(self) -> None:
        """Check that this worker finds the object.

        Raises:
            UsageError: It does not.
        """
        try:
            with self._reaching("read"):
                store, root = self._connect()
                store.cat_file(f"{root}/{self.marker}")
        except (StageError, ImportError) as error:
            raise UsageError(f"the Dask worker on {socket.gethostname()}: {error}") from error

    def send(self, order: FileOrder, key: str) -> None:
        """Put what an order reads into the store.

        Raises:
            StageError: A file cannot be read, or the store fails.
        """
        self._put(order.list_inputs(), self.home, key)

    def do(self, function: Callable[[Any], Result], order: Any, key: str) -> tuple[Result, Sequence[str]]:
        """Do an order on copies, which are removed when it is done.

        Raises:
            StageError: A copy cannot be written or read, or the store fails.
        """
        with TemporaryDirectory(prefix="dateline-", dir=get_worker().local_directory) as folder:
            here = Path(folder)
            own = _move(order, self.home, here)
            given = self._take(self._list(key), here, key)
            result = function(own)
            made = [path for path in own.list_outputs() if path.exists() and path not in given]
            return result, self._put(made, here, key)

    def receive(self, names: Iterable[str], key: str) -> None:
        """Write what a worker has made into the home, in the order of the names.

        Raises:
            StageError: It cannot be written, or the store fails.
        """
        self._take(names, self.home, key)

    def discard(self, key: str) -> None:
        """Remove the objects of an order; those that cannot be removed now go when the run ends."""
        try:
            with self._reaching("remove objects from"):
                store, root = self._connect()
                _remove(store, f"{root}/{key}")
        except StageError as error:
            LOGGER.info("%s", error)

    def _list(self, key: str) -> list[str]:
        """Return the names of the files that were handed over for an order."""
        with self._reaching("read"):
            store, root = self._connect()
            return [name.removeprefix(f"{root}/{key}/") for name in store.find(f"{root}/{key}")]

    def _take(self, names: Iterable[str], folder: Path, key: str) -> frozenset[Path]:
        """Write objects of an order into a folder, and return the files."""
        store, root = self._connect()
        taken = []
        for name in names:
            with self._reaching("read"):
                content = store.cat_file(f"{root}/{key}/{name}")
            write_bytes(content, folder / name)
            taken.append(folder / name)
        return frozenset(taken)

    def _put(self, paths: Iterable[Path], folder: Path, key: str) -> list[str]:
        """Make files of a folder objects of an order, and return their names."""
        store, root = self._connect()
        names = []
        for path in paths:
            name = path.relative_to(folder).as_posix()
            content = read_bytes(path)
            with self._reaching("write to"):
                store.pipe_file(f"{root}/{key}/{name}", content)
            names.append(name)
        return names

    def _connect(self) -> tuple[Any, str]:
        """Return the store, and the folder of the home in it; nothing is asked of it yet."""
        store, root = fsspec.core.url_to_fs(self.url, use_listings_cache=False)
        return store, f"{root.rstrip('/')}/{self.folder}"

    @contextmanager
    def _reaching(self, what: str) -> Iterator[None]:
        """Say on one line what the store does not do in the block.

        Raises:
            StageError: It does not.
        """
        try:
            yield
        except _list_errors() as error:
            cause = (str(error) or type(error).__name__).splitlines()[0]
            raise StageError(f"cannot {what} {self.url}: {cause}; {ADVICE}") from error


def _list_errors() -> tuple[type[Exception], ...]:
    """Return what stores raise: OSError is what fsspec makes of it, and botocore has a tree of its own."""
    if find_spec("botocore") is None:
        return (OSError,)

    from botocore.exceptions import BotoCoreError  # noqa: PLC0415  it comes with s3fs

    return (OSError, BotoCoreError)


def _remove(store: Any, folder: str) -> None:
    """Remove all objects in a folder, if there are any.

    One by one: what fsspec removes at once it takes for patterns, and an address may have brackets.
    """
    for name in store.find(folder):
        store.rm_file(name)


def _move(order: Any, old: Path, new: Path) -> Any:
    """Return an order with its paths in another folder."""
    values = {field.name: getattr(order, field.name) for field in fields(order)}
    moved = {name: new / value.relative_to(old) for name, value in values.items() if isinstance(value, Path)}
    return replace(order, **moved)
