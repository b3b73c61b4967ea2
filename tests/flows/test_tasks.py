"""Batches as tasks: a flow that ends early does not wait for its workers. Prefect itself is stood in for."""

from collections.abc import Callable
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
    """A task, and its future: it is done at once, and tried once more when that may help."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.names: list[str] = []
        self.error: Exception | None = None

    def __call__(self, function: Callable[[object], None]) -> Self:
        """Take the function."""
        self.function = function
        return self

    def with_options(self, *, task_run_name: str) -> Self:
        """Return the task of one share."""
        self.names.append(task_run_name)
        return self

    def submit(self, share: object) -> Self:
        """Work the share off, and return the future."""
        try:
            self.function(share)
        except OSError:
            self.function(share)
        except Exception as error:  # noqa: BLE001  a future keeps whatever was raised
            self.error = error
        return self

    def add_done_callback(self, callback: Callable[[object], None]) -> None:
        """Say that it is done."""
        callback(self)

    def result(self) -> None:
        """Return, or raise what the function raised."""
        if self.error is not None:
            raise self.error


class FakeWorkers(WorkerPool):
    """Workers that do batches here."""

    def run_one(self, function: Callable[[Any], Any], order: Any) -> Any:
        """Do a batch."""
        return function(order)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[FakeTask]:
    """Return the tasks that are made."""
    tasks_made: list[FakeTask] = []

    def make_task(**options: object) -> FakeTask:
        tasks_made.append(FakeTask(**options))
        return tasks_made[-1]

    monkeypatch.setattr(tasks, "task", make_task)
    return tasks_made


@pytest.fixture
def runner(made: list[FakeTask]) -> TaskRunner:
    """Return what runs batches as the tasks that are stood in for."""
    assert made == []
    return TaskRunner(FakeWorkers(worker_count=1, timeout_seconds=1, retry_count=2))


def lose(_: object) -> None:
    raise WorkerLostError("killed")


def test_batches_that_are_all_done_leave_the_workers_alone(runner: TaskRunner) -> None:
    assert list(runner.run(abs, [-1, -2], name="batch")) == [(-1, 1), (-2, 2)]
    assert not runner.workers.is_stopped


def test_a_task_has_several_batches_and_says_which(runner: TaskRunner, made: list[FakeTask]) -> None:
    assert len(list(runner.run(abs, range(6), name="batch"))) == 6
    assert made[0].names == ["batch 1-3/6", "batch 4-5/6", "batch 6/6"]


def test_ctrl_c_stops_the_workers(runner: TaskRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "_hear", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(runner.run(abs, [1, 2], name="batch"))
    assert runner.workers.is_stopped


def test_a_batch_that_failed_stops_the_workers(runner: TaskRunner) -> None:
    with pytest.raises(ZeroDivisionError):
        list(runner.run(lambda _: 1 // 0, [1, 2], name="batch"))
    assert runner.workers.is_stopped


def test_a_batch_whose_worker_was_lost_is_told_and_the_workers_go_on(runner: TaskRunner) -> None:
    ((order, outcome),) = runner.run(lose, [1], name="batch")
    assert (order, f"{outcome}", runner.workers.is_stopped) == (1, "killed", False)


def test_batches_beside_one_whose_worker_was_lost_are_done_and_their_task_is_seen_to_fail(
    runner: TaskRunner, made: list[FakeTask]
) -> None:
    outcomes = dict(runner.run(lambda order: lose(order) if order == 1 else order, [1, 2, 3, 4], name="batch"))
    assert [order for order, outcome in outcomes.items() if isinstance(outcome, WorkerLostError)] == [1]
    assert {order: outcome for order, outcome in outcomes.items() if order > 1} == {2: 2, 3: 3, 4: 4}
    assert isinstance(made[0].error, WorkerLostError)


def test_a_task_that_is_tried_again_goes_on_with_the_batch_that_failed(runner: TaskRunner) -> None:
    asked: list[int] = []

    def be_busy_once(order: int) -> int:
        asked.append(order)
        if asked.count(2) == 1 and order == 2:
            raise OSError("busy")
        return order

    assert list(runner.run(be_busy_once, [1, 2, 3, 4], name="batch")) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert asked == [1, 2, 2, 3, 4]


def test_only_what_may_do_better_is_tried_again(runner: TaskRunner, made: list[FakeTask]) -> None:
    assert list(runner.run(abs, [1], name="batch")) == [(1, 1)]
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
