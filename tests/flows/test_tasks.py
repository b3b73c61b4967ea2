"""Batches as tasks: a flow that ends early does not wait for its workers. Prefect itself is stood in for."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any, Self

import pytest
from prefect.client.schemas.objects import FlowRunPolicy
from prefect.states import Failed

from flows import tasks
from flows.errors import UsageError, WorkerLostError
from flows.tasks import TaskRunner, not_retrying_misuse
from flows.workers import WorkerPool


class FakeTask:
    """A task, and its future: it is done at once."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    def __call__(self, _: object) -> Self:
        """Take the function."""
        return self

    def with_options(self, **_: object) -> "FakeTask":
        """Return the task of one batch."""
        return FakeTask()

    def submit(self, _: object) -> Self:
        """Return the future."""
        return self

    def result(self) -> int:
        """Return what the batch made."""
        return 7


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> TaskRunner:
    monkeypatch.setattr(tasks, "task", FakeTask)
    monkeypatch.setattr(tasks, "as_completed", lambda futures: futures)
    return TaskRunner(WorkerPool(worker_count=1, timeout_seconds=1, retry_count=2))


def interrupt(_: Sequence[object]) -> Iterator[object]:
    raise KeyboardInterrupt


def test_batches_that_are_all_done_leave_the_workers_alone(runner: TaskRunner) -> None:
    assert list(runner.run(abs, [1, 2], name="batch")) == [(1, 7), (2, 7)]
    assert not runner.workers.is_stopped


def test_ctrl_c_stops_the_workers(runner: TaskRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "as_completed", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(runner.run(abs, [1, 2], name="batch"))
    assert runner.workers.is_stopped


def test_a_batch_that_failed_stops_the_workers(runner: TaskRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeTask, "result", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        list(runner.run(abs, [1, 2], name="batch"))
    assert runner.workers.is_stopped


def test_a_batch_whose_worker_was_lost_is_told_and_the_workers_go_on(
    runner: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_: FakeTask) -> None:
        raise WorkerLostError("killed")

    monkeypatch.setattr(FakeTask, "result", lose)
    ((order, outcome),) = runner.run(abs, [1], name="batch")
    assert (order, f"{outcome}", runner.workers.is_stopped) == (1, "killed", False)


def test_only_what_may_do_better_is_tried_again(runner: TaskRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[FakeTask] = []

    def make_task(**options: object) -> FakeTask:
        made.append(FakeTask(**options))
        return made[-1]

    monkeypatch.setattr(tasks, "task", make_task)
    assert list(runner.run(abs, [1], name="batch")) == [(1, 7)]
    is_tried_again = made[0].options["retry_condition_fn"]
    assert is_tried_again("task", "run", Failed(data=OSError("busy")))
    assert not is_tried_again("task", "run", Failed(data=UsageError("no such model")))
    assert not is_tried_again("task", "run", Failed(data=WorkerLostError("killed")))
    runner.workers.stop()
    assert not is_tried_again("task", "run", Failed(data=OSError("busy")))


class FakeClient:
    """A client of a server: what it is told of a flow run."""

    def __init__(self) -> None:
        self.told: list[tuple[object, int | None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def update_flow_run(self, flow_run_id: object, *, empirical_policy: FlowRunPolicy) -> None:
        """Take the policy of a run."""
        self.told.append((flow_run_id, empirical_policy.retries))


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> FakeClient:
    """Return the client of a run with two retries."""
    client = FakeClient()
    running = SimpleNamespace(flow_run=SimpleNamespace(id="r1", empirical_policy=FlowRunPolicy(retries=2)))
    monkeypatch.setattr(tasks, "get_client", lambda **_: client)
    monkeypatch.setattr(tasks, "FlowRunContext", SimpleNamespace(get=lambda: running))
    return client


def test_a_flow_that_was_asked_wrongly_is_not_tried_again(client: FakeClient) -> None:
    with pytest.raises(UsageError), not_retrying_misuse():
        raise UsageError("no such model")
    assert client.told == [("r1", 0)]


def test_a_flow_that_failed_is_tried_again_as_often_as_said(client: FakeClient) -> None:
    with pytest.raises(OSError, match="busy"), not_retrying_misuse():
        raise OSError("busy")
    assert client.told == []
