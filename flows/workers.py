"""The worker processes: started clean, watched, bounded in memory, and replaced when they die.

Workers come from a fork server: a process without threads that has imported what they need, so that they start in
milliseconds and share its memory. Forking this process instead would copy the locks of polars' and Prefect's threads.
"""

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from threading import Thread
from types import MappingProxyType, TracebackType
from typing import Any, Final, Protocol, Self, TypeVar
from weakref import WeakSet

from pebble import ProcessExpired, ProcessPool

from flows.errors import BatchFailedError
from flows.settings import Settings
from flows.worker_logs import WorkerLogs, send_logs

LOGGER = logging.getLogger(__name__)

Order = TypeVar("Order")
Result = TypeVar("Result")

MAX_BATCHES_PER_WORKER: Final = 300
"""A worker is replaced after some 50,000 articles: the model's string store grows a little with every new name."""

_WAKE_SECONDS: Final = 0.5
"""Ctrl-C is heard at least so often: a library's handler may have the system go on waiting after it."""

_WORKER_ENVIRONMENT: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
    # glibc: keep the model's arrays on the heap (2 % faster than mapping each), give free memory back from 16 MB on
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "16777216",
}


class BatchRunner(Protocol):
    """Runs one function over many orders: in a pool, or as tasks of an orchestrator over a pool."""

    def run(
        self, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
    ) -> Iterator[tuple[Order, Result]]:
        """Yield each order with its result, as they are done."""
        ...


class WorkerPool:
    """A pool of worker processes, started on first use, ended with the block, and started anew in the next block.

    Attributes:
        worker_count: Processes.
        timeout_seconds: A batch that takes longer is ended, with its worker.
        retry_count: How often a batch is tried again when its worker died or the time was up.
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
        self._futures: WeakSet[Future[Any]] = WeakSet()
        self._pool: ProcessPool | None = None
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            if kind is None:
                self._pool.close()  # type: ignore[no-untyped-call]  # pebble types its results, not this
            else:
                self._pool.stop()  # type: ignore[no-untyped-call]  # the same
            self._pool.join()
            self._pool = None
        self.is_stopped = False
        if self._logs is not None:
            self._logs.stop()
            self._logs = None

    def stop(self) -> None:
        """End the workers and cancel their batches; the pool is of use again in its next block.

        Pebble cancels nothing when it ends a pool: who waits for a batch would wait for good.
        """
        self.is_stopped = True
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types its results, not this
        for future in list(self._futures):
            future.cancel()

    def submit(self, function: Callable[[Order], Result], order: Order) -> "Future[Result]":
        """Return the future of one batch.

        Raises:
            CancelledError: The workers were stopped.
        """
        if self.is_stopped:
            raise CancelledError
        if self._pool is None:
            context = multiprocessing.get_context("forkserver")
            self._logs = WorkerLogs(context, self.labels)
            self._pool = _start_pool(self.worker_count, context, self._logs)
        future: Future[Result] = self._pool.schedule(function, args=(order,), timeout=self.timeout_seconds)
        self._futures.add(future)
        return future

    def run_one(self, function: Callable[[Order], Result], order: Order) -> Result:
        """Return the result of one batch, once tried.

        Raises:
            BatchFailedError: The worker died or the time was up.
        """
        try:
            return self.submit(function, order).result()
        except ProcessExpired as error:
            raise BatchFailedError(f"a worker died (exit code {error.exitcode}) on {order}") from error
        except BrokenProcessPool as error:
            raise BatchFailedError(f"the worker processes do not start: {error}") from error
        except TimeoutError as error:
            raise BatchFailedError(f"more than {self.timeout_seconds:.0f} s on {order}") from error

    def run(
        self, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
    ) -> Iterator[tuple[Order, Result]]:
        """Yield each order with its result, as they are done; a batch that fails is tried again.

        Raises:
            BatchFailedError: A batch failed each time.
        """
        waiting = list(reversed(orders))
        attempts: dict[int, int] = {}
        running: dict[Future[Result], Order] = {}
        try:
            while waiting or running:
                while waiting and len(running) < 2 * self.worker_count:
                    order = waiting.pop()
                    running[self.submit(function, order)] = order
                done, _ = wait(running, timeout=_WAKE_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    order = running.pop(future)
                    try:
                        yield order, future.result()
                    except BrokenProcessPool as error:
                        raise BatchFailedError(f"the worker processes do not start: {error}") from error
                    except (ProcessExpired, TimeoutError) as error:
                        attempts[id(order)] = attempts.get(id(order), 0) + 1
                        if attempts[id(order)] > self.retry_count:
                            message = f"{name} failed {attempts[id(order)]} times: {_describe(error)} on {order}"
                            raise BatchFailedError(message) from error
                        LOGGER.warning("%s: %s; trying again", name, _describe(error))
                        waiting.append(order)
        finally:
            for future in running:
                future.cancel()


def _describe(error: BaseException) -> str:
    """Return what befell a batch in a few words."""
    if isinstance(error, ProcessExpired):
        return f"the worker died (exit code {error.exitcode})"
    return "the time limit was reached"


def _start_pool(worker_count: int, context: ForkServerContext, logs: WorkerLogs) -> ProcessPool:
    """Return a pool whose processes come from a fork server with the model's libraries imported."""
    context.set_forkserver_preload(["flows.worker_imports"])
    with _environment(_WORKER_ENVIRONMENT):
        forkserver.ensure_running()
    return ProcessPool(
        max_workers=worker_count,
        max_tasks=MAX_BATCHES_PER_WORKER,
        initializer=_begin_worker,
        initargs=logs.arguments,
        context=context,
    )


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
