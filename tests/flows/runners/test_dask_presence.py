"""Workers of a cluster that come late, or go, or never come."""

import pytest

from flows.errors import BatchFailedError, DatelineError
from flows.runners import dask_presence
from flows.runners.dask_presence import LOOK_SECONDS, WORKER_SECONDS, Presence, wait_for_worker

ADDRESS = "tcp://[::1]:8786"
START = f"start some with: dask worker --nthreads 1 {ADDRESS}"


class Cluster:
    """The connection to a cluster: so many workers now, and whether one comes later."""

    def __init__(self, worker_count: int, *, comes_one: bool = True) -> None:
        self.worker_count = worker_count
        self.comes_one = comes_one

    def scheduler_info(self, *, n_workers: int) -> dict[str, list[int]]:
        """Return the workers."""
        assert n_workers == -1
        return {"workers": [0] * self.worker_count}

    def wait_for_workers(self, _: int, *, timeout: float) -> None:
        """Wait for one."""
        if not self.comes_one:
            raise TimeoutError(timeout)


@pytest.mark.parametrize(
    ("worker_count", "messages"),
    [
        pytest.param(2, [], id="some"),
        pytest.param(0, [f"the Dask cluster has no workers yet, waiting 300 s for the first: {START}"], id="late"),
    ],
)
def test_workers_that_come_late_are_waited_for_and_it_is_said(
    worker_count: int, messages: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    wait_for_worker(Cluster(worker_count), ADDRESS)
    assert caplog.messages == messages


def test_workers_that_never_come_are_an_error_of_one_line() -> None:
    with pytest.raises(DatelineError) as caught:
        wait_for_worker(Cluster(0, comes_one=False), ADDRESS)
    assert str(caught.value) == f"the Dask cluster has no workers after 300 s: {START}"


class Clock:
    """The seconds that a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 1000.0
        monkeypatch.setattr(dask_presence, "monotonic", lambda: self.seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of the cluster."""
    return Clock(monkeypatch)


def test_a_worker_that_is_started_anew_between_two_looks_is_not_spoken_of(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    cluster = Cluster(0)
    presence = Presence(cluster, ADDRESS)
    presence.look()
    clock.seconds += LOOK_SECONDS
    cluster.worker_count = 1
    presence.look()
    assert caplog.messages == []


def test_a_loss_of_all_workers_is_told_once_and_again_after_some_had_come(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    cluster = Cluster(0)
    presence = Presence(cluster, ADDRESS)
    told = f"the Dask cluster has lost all workers, waiting 300 s for one: {START}"

    def look_thrice() -> None:
        for _ in range(3):
            presence.look()
            clock.seconds += LOOK_SECONDS

    look_thrice()
    assert caplog.messages == [told]
    cluster.worker_count = 1
    presence.look()
    cluster.worker_count = 0
    look_thrice()
    assert caplog.messages == [told, told]


def look_for(presence: Presence, clock: Clock, seconds: int) -> None:
    """Look as often as a run does, so long."""
    for _ in range(0, seconds, LOOK_SECONDS):
        presence.look()
        clock.seconds += LOOK_SECONDS


def test_a_cluster_without_workers_for_too_long_fails_the_batch(clock: Clock) -> None:
    presence = Presence(Cluster(0), ADDRESS)
    look_for(presence, clock, WORKER_SECONDS)
    with pytest.raises(BatchFailedError) as caught:
        presence.look()
    assert str(caught.value) == f"the Dask cluster has lost all workers: {START}, then run the same again"


def test_what_a_look_missed_is_forgotten_with_the_next_batch_that_is_done(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    presence = Presence(Cluster(0), ADDRESS)
    presence.look()
    presence.note_batch()  # its worker was started anew
    clock.seconds += WORKER_SECONDS
    presence.look()
    assert caplog.messages == []
