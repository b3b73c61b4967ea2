"""The workers of a Dask cluster that is there already, each with its own model, on this machine or on others.

Files are handed over as ``runners.exchange`` says; the warehouse is written by the run alone. A worker that dies is
Dask's concern: it gives its batch to another one, and says so when that has killed several
(https://distributed.dask.org/en/stable/killed.html).
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from threading import Lock
from time import monotonic
from types import MappingProxyType, TracebackType
from typing import Any, Final, NamedTuple, Self, TypeVar
from uuid import uuid4

from distributed import Client, Future, KilledWorker
from distributed.client import FutureCancelledError

from flows.errors import BatchFailedError, DatelineError, UsageError, WorkerLostError
from flows.models import read_models
from flows.runners.batches import run_in_threads
from flows.runners.dask_presence import LOOK_SECONDS, Presence, wait_for_worker
from flows.runners.dask_tasks import Done, Expected, describe_code, do_batch, require_expected
from flows.runners.exchange import make_exchange
from flows.settings import Settings
from flows.worker_logs import ROOT, LogRelay

LOGGER = logging.getLogger(__name__)

Order = TypeVar("Order")
Result = TypeVar("Result")

CONNECT_SECONDS: Final = 30
"""So long the scheduler is waited for."""


class Connection(NamedTuple):
    """A cluster that was found to be what a run expects."""

    client: Any  # distributed.Client, half of which is not typed
    presence: Presence


class DaskWorkers:
    """A ``runners.batches.Workers`` on a cluster; it is connected to when there is work, and left with the block.

    Attributes:
        settings: Of the run.
        labels: What is said of the run with each line that a worker logs: interval, flow_run_id.
        retry_count: How often a batch that raises an error is tried again.
        is_stopped: The batches were cancelled; none is to be tried again.
    """

    def __init__(self, settings: Settings, *, labels: Mapping[str, str] = MappingProxyType({})) -> None:
        self.settings = settings
        self.labels = labels
        self.retry_count = settings.batch_retry_count
        self.is_stopped = False
        self._opening = Lock()
        self._connection: Connection | None = None
        self._expected: Expected | None = None
        self._futures: set[Future[Any]] = set()
        self._relay = LogRelay(labels)
        self._quiet = ExitStack()

    def count_workers(self) -> int:
        """Return how many workers there are now: each does a batch at a time."""
        (client, _), _ = self._open()
        return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

    def __enter__(self) -> Self:
        self._quiet.enter_context(_hushed())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.stop()
        with self._quiet:
            if self._connection is not None:
                self._connection.client.close()
        if self._expected is not None:
            self._expected.exchange.close()
        self._connection, self._expected = None, None
        self._futures.clear()
        self.is_stopped = False

    def stop(self) -> None:
        """Cancel all batches; those that are worked on are finished, and kept where the home is shared."""
        self.is_stopped = True
        if self._connection is not None:
            self._connection.client.cancel(list(self._futures), force=True)

    def run(
        self, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
    ) -> Iterator[tuple[Order, Result | WorkerLostError]]:
        """Yield each order with its result, as they are done; see ``runners.batches.run_in_threads``."""
        return run_in_threads(self, function, orders, name=name)

    def run_one(self, function: Callable[[Order], Result], order: Order) -> Result:
        """Return the result of one batch, once tried.

        Raises:
            WorkerLostError: The worker died, and those that had the batch after it, or the time was up.
            BatchFailedError: The cluster is gone, or has no workers.
            CancelledError: The batches were cancelled.
        """
        connection, expected = self._open()
        if self.is_stopped:
            raise CancelledError
        key = f"dateline-{uuid4().hex}"
        try:
            expected.exchange.send(order, key)
            submitted = connection.client.submit(do_batch, function, order, key, expected, key=key, pure=False)
            done = self._wait(connection, submitted)
            expected.exchange.receive(done.made, key)
        finally:
            expected.exchange.discard(key)
        for record in done.records:
            self._relay.emit(record)
        result: Result = done.result
        return result

    def _wait(self, connection: Connection, future: Future[Any]) -> Done[Any]:
        """Return what comes of a batch that was handed to the cluster; see ``run_one`` for what is raised."""
        self._futures.add(future)
        try:
            return self._wait_watching(connection.presence, future)
        except KilledWorker as error:
            raise WorkerLostError("the worker was killed") from error
        except FutureCancelledError as error:
            if self.is_stopped:
                raise CancelledError from error
            message = f"the Dask cluster at {self.settings.dask_address} is gone: start it, then run the same again"
            raise BatchFailedError(message) from error
        except TimeoutError as error:
            if future.status != "pending":
                raise
            self._end_worker(connection.client, future)
            raise WorkerLostError(f"the worker took more than {self.settings.batch_timeout_seconds:,g} s") from error
        finally:
            self._futures.discard(future)

    def _wait_watching(self, presence: Presence, future: Future[Any]) -> Done[Any]:
        """Return what comes of a batch, and look now and then whether anybody is there to do it.

        Raises:
            TimeoutError: The time of the batch is up, or the batch raised one.
            BatchFailedError: Nobody was there for too long.
        """
        deadline = monotonic() + self.settings.batch_timeout_seconds
        while True:
            left_seconds = max(0.0, deadline - monotonic())
            try:
                done: Done[Any] = future.result(timeout=min(left_seconds, LOOK_SECONDS))
            except TimeoutError:
                if future.status != "pending" or left_seconds <= LOOK_SECONDS:
                    raise
                presence.look()
            else:
                presence.note_batch()
                return done

    def _open(self) -> tuple[Connection, Expected]:
        """Return the connection to the cluster, and what its workers have been found to be.

        Raises:
            DatelineError: There is no cluster at the address, or no worker in it.
            UsageError: A worker is not what the run expects.
        """
        with self._opening:
            if self._connection is None or self._expected is None:
                self._expected = self._expect()
                client = _connect(self.settings.dask_address)
                self._connection = Connection(client, Presence(client, self.settings.dask_address))
                _require_alike(client, self._expected)
            return self._connection, self._expected

    def _expect(self) -> Expected:
        """Return what is expected of the workers; they are to find what is put there here."""
        exchange = make_exchange(self.settings)
        exchange.open()
        return Expected(
            exchange=exchange,
            code=describe_code(),
            models=read_models(self.settings).used,
            log_level=logging.getLogger(ROOT).getEffectiveLevel(),
        )

    def _end_worker(self, client: Any, future: Future[Any]) -> None:
        """End the worker that is at a batch, which its nanny then starts anew.

        Raises:
            BatchFailedError: No worker is at it, or it has no nanny.
        """
        late = [worker for worker, keys in client.processing().items() if future.key in keys]
        client.cancel([future], force=True)
        if not late:
            raise BatchFailedError(f"no worker of the Dask cluster at {self.settings.dask_address} took the batch")
        try:
            client.restart_workers(late)
        except ValueError as error:  # says Dask of workers without one
            message = f"the Dask worker {late[0]} takes too long, and has no nanny that could end it: restart it"
            raise BatchFailedError(message) from error


@contextmanager
def _hushed() -> Iterator[None]:
    """Have Dask's client log nothing: of a lost scheduler it says what the run says, and gives a traceback."""
    logger = logging.getLogger("distributed.client")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


def _require_alike(client: Any, expected: Expected) -> None:
    """Check all workers that there are; those that come later are checked before their first batch.

    Raises:
        UsageError: One is not what the run expects.
    """
    try:
        client.run(require_expected, expected)
    except ImportError as error:
        raise UsageError(f"a Dask worker cannot import what a batch needs ({error}): install Dateline there") from error


def _connect(address: str) -> Any:
    """Return a connection to a cluster with at least one worker.

    Raises:
        DatelineError: There is no cluster at the address, or no worker in it.
    """
    try:
        client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]  # the same
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler answers at {address}: start one with: dask scheduler"
        raise DatelineError(message) from error
    with ExitStack() as connected:
        connected.callback(client.close)
        wait_for_worker(client, address)
        connected.pop_all()
    return client
