"""The worker pool: results, retries, time limits, deaths."""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from flows.errors import WorkerLostError
from flows.workers import WorkerPool

DEAF = """
import signal
from multiprocessing import forkserver
from flows.workers import start_fork_server
start_fork_server()
status = open(f"/proc/{forkserver._forkserver._forkserver_pid}/status").read()
blocked = int(status.split("SigBlk:")[1].split()[0], 16)
print(bool(blocked & 1 << signal.SIGINT - 1), signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel by /proc")
def test_what_workers_come_from_is_deaf_to_ctrl_c_from_its_start_and_this_process_is_not() -> None:
    done = subprocess.run([sys.executable, "-c", DEAF], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(worker_count=2, timeout_seconds=30, retry_count=1) as pool:
        yield pool


def test_every_order_comes_back_with_its_result(pool: WorkerPool) -> None:
    orders = [float(number) for number in range(20)]
    assert dict(pool.run(math.sqrt, orders, name="root")) == {order: math.sqrt(order) for order in orders}


def test_no_orders_start_no_process(pool: WorkerPool) -> None:
    assert list(pool.run(math.sqrt, [], name="root")) == []


def test_an_error_of_the_function_is_raised(pool: WorkerPool) -> None:
    with pytest.raises(ValueError, match="math domain error"):
        list(pool.run(math.sqrt, [-1.0], name="root"))


def test_an_error_of_the_function_is_tried_again_as_often_as_said(tmp_path: Path) -> None:
    counter = tmp_path / "attempts"
    with WorkerPool(worker_count=1, timeout_seconds=30, retry_count=2) as pool:
        assert list(pool.run(succeed_at_third, [counter], name="batch")) == [(counter, 3)]


def succeed_at_third(counter: Path) -> int:
    """Fail twice, counting by the size of a file; run in a worker."""
    with counter.open("a") as file:
        file.write("x")
    if counter.stat().st_size < 3:
        raise OSError("not yet")
    return counter.stat().st_size


def test_a_worker_that_dies_costs_its_batch_and_no_other(pool: WorkerPool) -> None:
    outcomes = dict(pool.run(end_if_odd, [1, 2, 3, 4], name="batch"))
    assert (outcomes[2], outcomes[4]) == (2, 4)
    assert f"{outcomes[1]}" == f"{outcomes[3]}" == "the worker ended with exit code 3"


def end_if_odd(number: int) -> int:
    """End the process for odd numbers; run in a worker."""
    if number % 2:
        os._exit(3)
    return number


def test_a_worker_that_the_system_kills_is_said_to_be_killed(pool: WorkerPool) -> None:
    with pytest.raises(WorkerLostError, match=r"the worker was killed \(SIGKILL\)"):
        pool.run_one(kill_self, 0)


def kill_self(_: int) -> None:
    """Die as by the system's hand; run in a worker."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_batch_over_the_time_limit_is_ended_with_its_worker() -> None:
    with WorkerPool(worker_count=1, timeout_seconds=0.5, retry_count=0) as pool:
        ((_, outcome),) = pool.run(time.sleep, [60], name="sleep")
    assert f"{outcome}" == "the worker took more than 0.5 s"


def test_a_worker_that_is_killed_between_two_batches_costs_none(pool: WorkerPool) -> None:
    os.kill(pool.run_one(get_pid, 0), signal.SIGKILL)
    assert pool.run_one(math.sqrt, 4.0) == 2.0


def get_pid(_: int) -> int:
    """Return the number of the process; run in a worker."""
    return os.getpid()


def test_the_pool_works_on_after_a_worker_died(pool: WorkerPool) -> None:
    with pytest.raises(WorkerLostError):
        pool.run_one(os._exit, 3)
    assert pool.run_one(math.sqrt, 4.0) == 2.0


def test_who_waits_for_a_batch_of_a_stopped_pool_is_told(pool: WorkerPool) -> None:
    with ThreadPoolExecutor(3) as threads:
        batches = [threads.submit(pool.run_one, time.sleep, 60) for _ in range(3)]
        time.sleep(0.5)  # two are at work, one waits
        pool.stop()
        for batch in batches:
            with pytest.raises(CancelledError):
                batch.result(timeout=20)


def test_a_run_that_is_left_early_does_not_wait_for_its_batches(pool: WorkerPool) -> None:
    batches = pool.run(time.sleep, [0, 60, 60], name="sleep")
    assert next(batches) == (0, None)
    started = time.monotonic()
    del batches
    assert time.monotonic() - started < 30


def test_a_stopped_pool_takes_no_batch_until_its_next_block(pool: WorkerPool) -> None:
    pool.stop()
    with pytest.raises(CancelledError):
        pool.run_one(math.sqrt, 4.0)
    with pool:
        pass
    with pool:
        assert pool.run_one(math.sqrt, 4.0) == 2.0
