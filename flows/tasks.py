"""Our batches as the orchestrator's tasks: one task a batch, retried, done by the same workers.

These keep the time limit: a worker that is late is ended. Prefect's own cannot interrupt a thread, and warns of it.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from httpx import HTTPError
from prefect import get_client, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.exceptions import PrefectException
from prefect.futures import as_completed
from prefect.tasks import exponential_backoff

from flows.context import Interval, RunContext
from flows.errors import DatelineError, UsageError, WorkerLostError
from flows.runners.batches import Workers, is_worth_retrying
from flows.steps.ingest import Ingested
from flows.steps.interval import Enriched

Order = TypeVar("Order")
Result = TypeVar("Result")

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


class TaskRunner:
    """A ``runners.batches.BatchRunner`` inside a flow run.

    Attributes:
        workers: Who does the work; a task waits for its batch there.
    """

    def __init__(self, workers: Workers) -> None:
        self.workers = workers

    def run(
        self, function: Callable[[Order], Result], orders: Sequence[Order], *, name: str
    ) -> Iterator[tuple[Order, Result | WorkerLostError]]:
        """Yield each order with its result, as they are done; with an error where its worker was lost."""

        def run_batch(order: Order) -> Result:
            return self.workers.run_one(function, order)

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
        batch_task = decorate(run_batch)
        futures = {}
        with self._stopping_early(), _logging_briefly(self.workers):
            for number, order in enumerate(orders, start=1):
                named = batch_task.with_options(task_run_name=f"{name} {number}/{len(orders)}")
                futures[named.submit(order)] = order
            for future in as_completed(list(futures)):
                try:
                    yield futures[future], future.result()
                except WorkerLostError as error:
                    yield futures[future], error

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
