"""Batches in threads: what is tried again, and what is not. The workers are stood in for."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Any, Self

import pytest

from flows.errors import BatchFailedError, StageError, UsageError, WorkerLostError
from flows.runners.batches import is_worth_retrying, run_in_threads


class FakeWorkers:
    """Does batches in the thread that asks.

    Attributes:
        given: The batches, in the order in which they were begun.
    """

    retry_count = 2

    def __init__(self) -> None:
        self.is_stopped = False
        self.given: list[object] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing."""

    def count_workers(self) -> int:
        """Return one."""
        return 1

    def run_one(self, function: Callable[[Any], Any], order: Any) -> Any:
        """Return what comes of a batch."""
        self.given.append(order)
        return function(order)

    def run(
        self, function: Callable[[Any], Any], orders: Sequence[Any], *, name: str
    ) -> Iterator[tuple[Any, Any | WorkerLostError]]:
        """Yield what comes of batches."""
        return run_in_threads(self, function, orders, name=name)

    def stop(self) -> None:
        """Remember that it was asked for."""
        self.is_stopped = True


def fail_with(error: Exception) -> Callable[[object], object]:
    """Return a function that always fails."""

    def fail(_: object) -> object:
        raise error

    return fail


def test_batches_that_are_all_done_leave_the_workers_alone() -> None:
    workers = FakeWorkers()
    assert dict(workers.run(abs, [-1, -2], name="batch")) == {-1: 1, -2: 2}
    assert not workers.is_stopped


def test_a_batch_that_fails_each_time_stops_the_workers_and_raises_what_it_raised() -> None:
    workers = FakeWorkers()
    with pytest.raises(StageError, match="disk full"):
        list(workers.run(fail_with(StageError("disk full")), ["batch"], name="batch"))
    assert workers.given == ["batch"] * 3
    assert workers.is_stopped


def test_what_was_asked_wrongly_is_not_tried_again() -> None:
    workers = FakeWorkers()
    with pytest.raises(UsageError):
        list(workers.run(fail_with(UsageError("no such model")), ["batch"], name="batch"))
    assert workers.given == ["batch"]


def test_a_batch_whose_worker_was_lost_is_told_and_not_tried_again() -> None:
    workers = FakeWorkers()
    ((_, outcome),) = workers.run(fail_with(WorkerLostError("killed")), ["batch"], name="batch")
    assert isinstance(outcome, WorkerLostError)
    assert (workers.given, workers.is_stopped) == (["batch"], False)


@pytest.mark.parametrize(
    ("error", "is_worth"),
    [
        pytest.param(OSError("busy"), True, id="the system"),
        pytest.param(StageError("disk full"), True, id="the disk"),
        pytest.param(UsageError("no such model"), False, id="usage"),
        pytest.param(WorkerLostError("killed"), False, id="a lost worker"),
        pytest.param(BatchFailedError("no worker starts"), False, id="no workers"),
        pytest.param(CancelledError(), False, id="stopped"),
    ],
)
def test_only_what_may_do_better_is_tried_again(error: Exception, *, is_worth: bool) -> None:
    assert is_worth_retrying(error) is is_worth
