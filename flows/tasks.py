"""Our batches as the orchestrator's tasks: a few batches a task, retried, done by the same workers.

A task costs the server and this process some 60 ms of CPU, whatever it does. The workers keep the time limit: one that
is late is ended. Prefect's own cannot interrupt a thread, and warns of it.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Any, Final, Generic, TypeVar

from httpx import HTTPError
from prefect import Task, get_client, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.exceptions import PrefectException
from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.tasks import exponential_backoff

from flows.context import Interval, RunContext
from flows.errors import DatelineError, UsageError, WorkerLostError
from flows.runners.batches import WAKE_SECONDS, Workers, is_worth_retrying
from flows.runners.shares import share_out
from flows.steps.ingest import Ingested
from flows.steps.interval import Enriched

Order = TypeVar("Order")
Result = TypeVar("Result")

Told = SimpleQueue[tuple[Order, Result | WorkerLostError] | PrefectFuture[None]]
"""What the flow hears of its tasks: batches as they are done, each task when it ends."""

RETRY_DELAY_SECONDS: Final = 2
RETRY_JITTER_RATIO: Final = 0.5
"""Batches that failed together come back apart."""

MAX_NAMED_SOURCES: Final = 3


class Handover:
    """What the flows before leave to the next one. Prefect shows its name, and copies nothing of it to its server.

    Attributes:
        ingested: What ingest left.
        enriched: What enrich left; None before it ran.
    """

    __slots__ = ("enriched", "ingested")  # without a __dict__ Prefect finds nothing to copy: batches may be thousands

    def __init__(self, ingested: Ingested, enriched: Enriched | None = None) -> None:
        self.ingested = ingested
        self.enriched = enriched


class Share(Generic[Order, Result]):
    """The batches of one task: done one by one, each told as soon as it is done, and never done again.

    Attributes:
        waiting: Those that are not done, in order.
        told: Where a batch goes with what came of it.
    """

    __slots__ = ("told", "waiting")  # as above: what a task is given is looked through again and again

    def __init__(self, orders: Sequence[Order], told: Told[Order, Result]) -> None:
        self.waiting = deque(orders)
        self.told = told

    def work_off(self, function: Callable[[Order], Result], workers: Workers) -> None:
        """Do the batches that wait. The first of them is the one that raised an error, when the task is tried again.

        Raises:
            WorkerLostError: The worker of a batch was lost, which was told, so that the task is seen to have failed.
            Exception: What a batch raised.
        """
        lost: WorkerLostError | None = None
        while self.waiting:
            outcome: Result | WorkerLostError
            try:
                outcome = workers.run_one(function, self.waiting[0])
            except WorkerLostError as error:
                outcome = lost = error
            self.told.put((self.waiting.popleft(), outcome))
        if lost is not None:
            raise lost


class TaskRunner:
    """A ``runners.batches.BatchRunner`` inside a flow run.

    Attributes:
        workers: Who does the work; a task waits for its batches there.
    """

    def __init__(self, workers: Workers) -> None:
        self.workers = workers

    def run(
        self, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
    ) -> Iterator[tuple[Order, Result | WorkerLostError]]:
        """Yield each order with its result, as they are done; with an error where its worker was lost."""

        def work_off(share: Share[Order, Result]) -> None:
            share.work_off(function, self.workers)

        share_task = self._make_task(work_off, name)
        told: Told[Order, Result] = SimpleQueue()
        first, open_count = 1, 0
        with self._stopping_early(), _logging_briefly(self.workers):
            for share in share_out(orders, self.workers.count_workers()):
                named = share_task.with_options(task_run_name=_name_share(name, first, len(share), len(orders)))
                named.submit(Share(share, told)).add_done_callback(told.put)
                first, open_count = first + len(share), open_count + 1
            while open_count:
                word = _hear(told)
                if isinstance(word, tuple):
                    yield word
                else:
                    open_count -= 1
                    with suppress(WorkerLostError):  # of which we heard
                        word.result()

    def _make_task(self, function: Callable[..., None], name: str) -> Task[..., None]:
        """Return a task that is tried again when what it raised may not come again."""
        decorate = task(
            name=name,
            cache_policy=NO_CACHE,  # the stage files are the cache
            persist_result=False,
            retries=self.workers.retry_count,
            retry_delay_seconds=exponential_backoff(backoff_factor=RETRY_DELAY_SECONDS),
            retry_jitter_factor=RETRY_JITTER_RATIO,
            retry_condition_fn=lambda _task, _run, state: (
                not self.workers.is_stopped and is_worth_retrying(state.data)  # what it raised
            ),
        )
        made: Task[..., None] = decorate(function)
        return made

    @contextmanager
    def _stopping_early(self) -> Iterator[None]:
        """End the workers when the block ends before its batches do: a flow that ends waits for its tasks."""
        is_done = False
        try:
            yield
            is_done = True
        finally:
            if not is_done:
                self.workers.stop()


def _name_share(name: str, first: int, count: int, total: int) -> str:
    """Return the name of a task: which batches of how many."""
    return f"{name} {first}/{total}" if count == 1 else f"{name} {first}-{first + count - 1}/{total}"


def _hear(told: Told[Order, Result]) -> tuple[Order, Result | WorkerLostError] | PrefectFuture[None]:
    """Return what is told next, awake now and then for Ctrl-C and time limits."""
    while True:
        with suppress(Empty):
            return told.get(timeout=WAKE_SECONDS)


@contextmanager
def _logging_briefly(workers: Workers) -> Iterator[None]:
    """Have Prefect say on one line that a batch failed by an error of ours.

    Once the workers are stopped, what became of each task is nobody's concern: the flow says why it ended.
    """

    def shorten(record: logging.LogRecord) -> bool:
        """Take the traceback off an error that says all itself, and tell whether the line is printed."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, DatelineError):
            record.exc_info = None
        return not workers.is_stopped

    logger = logging.getLogger("prefect.task_runs")
    logger.addFilter(shorten)
    yield
    logger.removeFilter(shorten)  # not when the block was left early: tasks end after it


@contextmanager
def without_heartbeat() -> Iterator[None]:
    """Have flows that begin in the block send no sign of life: the flow around them, of the same process, does.

    A flow that sends one waits for the thread that does when it ends, and that thread looks up once a second.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


@contextmanager
def not_retrying_misuse() -> Iterator[None]:
    """Have the flow run that is in the block fail for good when something was asked wrongly: that stays wrong.

    Flows have no condition for retries, as tasks have; but the server asks the policy of the run, and that is changed.
    """
    try:
        yield
    except UsageError:
        running = FlowRunContext.get()
        if running is not None and running.flow_run is not None:
            policy = running.flow_run.empirical_policy.model_copy(update={"retries": 0})
            # a server that is gone has nothing tried again
            with suppress(HTTPError, PrefectException), get_client(sync_client=True) as client:
                client.update_flow_run(running.flow_run.id, empirical_policy=policy)
        raise


def name_run() -> str:
    """Return the name of the flow run that begins: which flow, which interval, which source."""
    parameters: dict[str, Any] = runtime.flow_run.parameters
    start, end = parameters.get("interval_start"), parameters.get("interval_end")
    interval = f"{Interval(start, end)}" if start is not None and end is not None else f"{datetime.now(UTC):%Y-%m-%d}"
    context: RunContext | None = parameters.get("context")
    outlets: Sequence[str] = parameters.get("source_ids", ()) if context is None else sorted(context.source_ids)
    rest = len(outlets) - MAX_NAMED_SOURCES
    named = [*outlets[:MAX_NAMED_SOURCES], *([f"and {rest:,} more"] if rest > 0 else [])]
    given = ", ".join(named) or parameters.get("inputs", "")
    return f"{runtime.flow_run.flow_name} {interval} {given}".strip()
