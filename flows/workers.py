"""The worker processes of this machine: started clean, watched, bounded in memory, and replaced when they die.

Workers come from a fork server: a process without threads that has imported what they need, so that they start in
milliseconds and share its memory. Forking this process instead would copy the locks of polars' and Prefect's threads.
"""

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from queue import LifoQueue
from threading import Event, Lock, Thread
from types import MappingProxyType, TracebackType
from typing import Any, Final, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from flows.errors import BatchFailedError, WorkerLostError
from flows.runners.batches import run_in_threads
from flows.settings import Settings
from flows.worker_logs import WorkerLogs, send_logs

LOGGER = logging.getLogger(__name__)

Order = TypeVar("Order")
Result = TypeVar("Result")

MAX_BATCHES_PER_WORKER: Final = 300
"""A worker is replaced after some 50,000 articles: the model's string store grows a little with every new name."""

MAX_STARTS: Final = 3
"""A worker that ends before it has a batch, so often in a row, is not started again."""

_WORKER_ENVIRONMENT: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    # glibc: keep the model's arrays on the heap (2 % faster than mapping each), give free memory back from 16 MB on
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "16777216",
}


class WorkerPool:
    """Worker processes, each started when there is work for it, ended with the block, of use again in the next block.

    Attributes:
        worker_count: Processes.
        timeout_seconds: A batch that takes longer is ended, with its worker.
        retry_count: How often a batch that raises an error is tried again.
        labels: What is said of the run with each line that a worker logs: interval, flow_run_id.
        is_stopped: Its workers were ended before their batches; no batch is to be tried again.
    """

    def __init__(
        self,
        *,
        worker_count: int,
        timeout_seconds: float,
        retry_count: int,
        labels: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.worker_count = worker_count
        self.timeout_seconds = timeout_seconds
        self.retry_count = retry_count
        self.labels = labels
        self.is_stopped = False
        self._opening = Lock()
        self._lanes: list[_Lane] = []
        self._free: LifoQueue[_Lane] = LifoQueue()  # whoever worked last has the model in memory
        self._logs: WorkerLogs | None = None

    @classmethod
    def from_settings(cls, settings: Settings, *, labels: Mapping[str, str] = MappingProxyType({})) -> Self:
        """Return the pool that the settings ask for, its workers' logs labelled."""
        return cls(
            worker_count=settings.workers,
            timeout_seconds=settings.batch_timeout_seconds,
            retry_count=settings.batch_retry_count,
            labels=labels,
        )

    def count_workers(self) -> int:
        """Return how many batches can be done at the same time."""
        return self.worker_count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for lane in self._lanes:
            lane.join()
        self._lanes, self._free = [], LifoQueue()
        self.is_stopped = False
        if self._logs is not None:
            self._logs.stop()
            self._logs = None

    def stop(self) -> None:
        """End the workers and cancel their batches; the pool is of use again in its next block."""
        self.is_stopped = True
        for lane in self._lanes:
            lane.stop()

    def run_one(self, function: Callable[[Order], Result], order: Order) -> Result:
        """Return the result of one batch, once tried; wait for a worker that is free.

        Raises:
            WorkerLostError: The worker died, or the time was up.
            BatchFailedError: The workers do not start.
            CancelledError: The workers were stopped.
        """
        self._open()
        free = self._free
        lane = free.get()
        try:
            if self.is_stopped:
                raise CancelledError
            return lane.run(function, order, timeout_seconds=self.timeout_seconds)
        finally:
            free.put(lane)

    def run(
        self, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
    ) -> Iterator[tuple[Order, Result | WorkerLostError]]:
        """Yield each order with its result, as they are done; see ``runners.batches.run_in_threads``."""
        return run_in_threads(self, function, orders, name=name)

    def _open(self) -> None:
        """Make ready what workers are started with, once a block.

        Raises:
            CancelledError: The workers were stopped.
        """
        with self._opening:
            if self.is_stopped:
                raise CancelledError
            if self._logs is not None:
                return
            context = start_fork_server()
            self._logs = WorkerLogs(context, self.labels)
            self._lanes = [_Lane(context, self._logs) for _ in range(self.worker_count)]
            for lane in self._lanes:
                self._free.put(lane)


class _Lane:
    """One worker process at a time, with one batch at a time: whatever kills the worker, its batch is known.

    Pebble's own pool of several workers hands out batches by a queue that all of them share: it takes one that dies at
    the wrong moment for the end of all, and forgets the batch of another.
    """

    def __init__(self, context: ForkServerContext, logs: WorkerLogs) -> None:
        self._context = context
        self._logs = logs
        self._pool: ProcessPool | None = None
        self._future: Future[Any] | None = None
        self._stopped = Event()

    def run(self, function: Callable[[Order], Result], order: Order, *, timeout_seconds: float) -> Result:
        """Return the result of a batch.

        Raises:
            WorkerLostError: The worker died, or the time was up.
            BatchFailedError: The worker does not start.
            CancelledError: The worker was stopped.
        """
        for _ in range(MAX_STARTS):
            if self._stopped.is_set():
                raise CancelledError
            future: Future[Result] = self._start().schedule(function, args=(order,), timeout=timeout_seconds)
            self._future = future
            if self._stopped.is_set():  # in the meantime
                future.cancel()
            try:
                return future.result()
            except ProcessExpired as error:
                raise WorkerLostError(f"the worker {_describe_end(error.exitcode)}") from error
            except TimeoutError as error:
                raise WorkerLostError(f"the worker took more than {timeout_seconds:,g} s") from error
            except BrokenProcessPool as error:  # it was lost before it took the batch
                LOGGER.warning("a worker process ended before its work: %s; starting another", error)
        raise BatchFailedError("the worker processes do not start: look at the memory of the machine, then run again")

    def stop(self) -> None:
        """End the worker and cancel its batch: pebble would let whoever waits for that wait for good."""
        self._stopped.set()
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types its results, not this
        if self._future is not None:
            self._future.cancel()

    def join(self) -> None:
        """Wait until the worker has ended, which is told to."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # the same
            self._pool.join()
            self._pool = None

    def _start(self) -> ProcessPool:
        """Return the pool of one worker, another one where the last has lost its worker between two batches."""
        if self._pool is not None and not self._pool.active:
            self.join()
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1,
                max_tasks=MAX_BATCHES_PER_WORKER,
                initializer=_begin_worker,
                initargs=self._logs.arguments,
                context=self._context,
            )
        return self._pool


def _describe_end(exit_code: int) -> str:
    """Return how a process ended, by its exit code: that of a signal is negative."""
    names = {number.value: number.name for number in signal.Signals}
    return f"was killed ({names.get(-exit_code, -exit_code)})" if exit_code < 0 else f"ended with exit code {exit_code}"


def start_fork_server() -> ForkServerContext:
    """Return the fork server, started where it does not run yet; it imports the model's libraries by itself.

    It is deaf to Ctrl-C, which a terminal sends to every process of a command and which would end it amid an import;
    its workers are, too. Ended, it is by whoever started it (``signal`` blocked when a process starts stays blocked).
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.worker_imports"])
    resource_tracker.ensure_running()  # which the fork server needs, and whose start lifts the block again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _environment(_WORKER_ENVIRONMENT):
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def _begin_worker(queue: Any, level: int) -> None:
    """Have this worker log to the process that gives it work, and end when that does, also when that was killed."""
    send_logs(queue, level)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables for a process that starts inside the block; it reads them before it imports numpy."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
