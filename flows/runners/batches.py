"""Batches: what all that run them have in common, with or without an orchestrator, on one machine or on many.

A worker that is killed costs its batch and no other. It is not the runner that decides what becomes of such a batch: it
says so in place of a result, and ``flows.runners.suspects`` finds out whose fault it was.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Protocol, Self, TypeVar, runtime_checkable

from flows.errors import BatchFailedError, UsageError, WorkerLostError

LOGGER = logging.getLogger(__name__)

Order = TypeVar("Order")
Result = TypeVar("Result")

MAX_THREADS: Final = 1024
"""Threads that wait for batches; as many are started as there are workers."""

WAKE_SECONDS: Final = 0.5
"""Ctrl-C is heard at least so often: a library's handler may have the system go on waiting after it."""


class BatchRunner(Protocol):
    """Runs one function over many orders: in workers, or as tasks of an orchestrator that wait for workers."""

    def run(
        self, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
    ) -> Iterator[tuple[Order, Result | WorkerLostError]]:
        """Yield each order with its result, as they are done; with an error where its worker was lost."""
        ...


@runtime_checkable  # flows take them as a parameter, which Prefect looks at
class Workers(BatchRunner, Protocol):
    """Processes that do batches, ended with the block and of use again in the next one.

    Attributes:
        retry_count: How often a batch that raises an error is tried again.
        is_stopped: The workers were ended before their batches; no batch is to be tried again.
    """

    retry_count: int
    is_stopped: bool

    def count_workers(self) -> int:
        """Return how many batches can be done at the same time."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def run_one(self, function: Callable[[Order], Result], order: Order) -> Result:
        """Return the result of one batch, once tried.

        Raises:
            WorkerLostError: The worker died, or the time was up.
            CancelledError: The workers were stopped.
        """
        ...

    def stop(self) -> None:
        """End the workers and cancel their batches."""
        ...


def is_worth_retrying(error: object) -> bool:
    """Tell whether a batch that raised an error may do better when it is done again as it is.

    What was asked wrongly stays wrong, workers that do not start were tried again; a lost worker is looked into by
    ``flows.runners.suspects``.
    """
    return not isinstance(error, (UsageError, BatchFailedError, CancelledError))


def run_in_threads(
    workers: Workers, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
) -> Iterator[tuple[Order, Result | WorkerLostError]]:
    """Yield each order with its result, as they are done: a thread a batch waits for its worker.

    Args:
        workers: Who does the work.
        function: What is done.
        orders: On what.
        name: What the batches are called in messages.

    Raises:
        Exception: What a batch raised the last time it was tried.
    """
    waiting = deque(orders)
    attempts: Counter[int] = Counter()
    running: dict[Future[Result], Order] = {}
    with _threads(workers) as threads:
        while waiting or running:
            while waiting and len(running) < workers.count_workers():
                order = waiting.popleft()
                running[threads.submit(workers.run_one, function, order)] = order
            done, _ = wait(running, timeout=WAKE_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                order = running.pop(future)
                error = future.exception()
                if error is None or isinstance(error, WorkerLostError):
                    yield order, future.result() if error is None else error
                elif is_worth_retrying(error) and attempts[id(order)] < workers.retry_count:
                    attempts[id(order)] += 1
                    LOGGER.warning("%s: %s: %s; trying again", name, type(error).__name__, error)
                    waiting.append(order)
                else:
                    raise error


@contextmanager
def _threads(workers: Workers) -> Iterator[ThreadPoolExecutor]:
    """Give threads, and end the workers when the block ends before its batches do, so that no thread waits for them."""
    threads = ThreadPoolExecutor(MAX_THREADS)
    is_done = False
    try:
        yield threads
        is_done = True
    finally:
        if not is_done:
            workers.stop()
        threads.shutdown(cancel_futures=True)
