"""Who kills the workers: a batch whose worker was lost runs alone, and is cut in halves until the bad article is known.

A lost worker may be its batch's fault (a text on which a library crashes, or takes for ever) or nobody's (the system
was short of memory). So a batch is suspect once its worker is lost, and runs again alone, when all others are done:
where one worker takes others with it, they have killed nobody. What kills again is cut in halves, each of them run
alone; and what cannot be cut is given up only when it has killed twice, alone.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flows.errors import BatchFailedError, WorkerLostError
from flows.runners.batches import BatchRunner

LOGGER = logging.getLogger(__name__)

Item = TypeVar("Item")
Order = TypeVar("Order")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Work(Generic[Item, Order, Result_co]):
    """What is done to items, such as the chunks of a run.

    Attributes:
        name: What the batches are called.
        function: What is done, in a worker.
        make_order: An item as the worker takes it.
        cut: An item in parts that are worked on instead of it; none when it cannot be cut.
        limit: So many may be given up; with more the fault is hardly theirs.
    """

    name: str
    function: Callable[[Order], Result_co]
    make_order: Callable[[Item], Order]
    cut: Callable[[Item], Sequence[Item]]
    limit: int


def work_on(
    items: Sequence[Item], work: Work[Item, Order, Result], runner: BatchRunner
) -> Iterator[tuple[Item, Result | WorkerLostError]]:
    """Yield each item, or the parts it was cut into, with its result; with an error where it kills its worker.

    Args:
        items: What is worked on.
        work: How.
        runner: By whom.

    Raises:
        BatchFailedError: More items kill their worker than may be given up.
        Exception: What a batch raised each time it was tried.
    """
    by_order = {id(order): (order, item) for item in items for order in [work.make_order(item)]}
    suspects = []
    orders = [order for order, _ in by_order.values()]
    for order, outcome in runner.run(work.function, orders, name=work.name):
        _, item = by_order[id(order)]
        if isinstance(outcome, WorkerLostError):
            LOGGER.warning("%s: %s; trying again alone, once the others are done", work.name, outcome)
            suspects.append(item)
        else:
            yield item, outcome
    given_up = 0
    for suspect in suspects:
        for item, outcome in _examine(suspect, work, runner):
            given_up += isinstance(outcome, WorkerLostError)
            if given_up > work.limit:
                raise BatchFailedError(_describe_excess(work, outcome))
            yield item, outcome


def _examine(
    item: Item, work: Work[Item, Order, Result], runner: BatchRunner
) -> Iterator[tuple[Item, Result | WorkerLostError]]:
    """Yield what comes of a suspect, in parts where the whole kills its worker."""
    outcome = _run_alone(item, work, runner)
    if isinstance(outcome, WorkerLostError):
        parts = work.cut(item)
        if parts:
            LOGGER.warning("%s: %s; looking for the cause in %d parts", work.name, outcome, len(parts))
            for part in parts:
                yield from _examine(part, work, runner)
            return
        outcome = _run_alone(item, work, runner)
    yield item, outcome


def _run_alone(item: Item, work: Work[Item, Order, Result], runner: BatchRunner) -> Result | WorkerLostError:
    """Return what comes of one item while nothing else is worked on."""
    ((_, outcome),) = runner.run(work.function, [work.make_order(item)], name=f"{work.name} again")
    return outcome


def _describe_excess(work: Work[Item, Order, Result], outcome: object) -> str:
    """Return why a run cannot go on."""
    return (
        f"{work.name}: more than {work.limit} articles each cost their worker ({outcome}): the fault is hardly theirs; "
        "give it fewer --workers if memory is short, look at the model, or set DATELINE_KILLED_LIMIT"
    )
