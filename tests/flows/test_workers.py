"""The worker pool: results, retries, time limits, deaths."""

import math
import os
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from flows.errors import BatchFailedError
from flows.workers import WorkerPool


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


def test_a_worker_that_dies_each_time_fails_the_batch_and_says_how_often(pool: WorkerPool) -> None:
    with pytest.raises(BatchFailedError, match=r"exit failed 2 times: the worker died .*exit code 3"):
        list(pool.run(os._exit, [3], name="exit"))


def test_a_batch_over_the_time_limit_is_ended() -> None:
    with (
        WorkerPool(worker_count=1, timeout_seconds=0.5, retry_count=0) as pool,
        pytest.raises(BatchFailedError, match="the time limit was reached"),
    ):
        list(pool.run(time.sleep, [60], name="sleep"))


def test_the_pool_works_on_after_a_worker_died(pool: WorkerPool) -> None:
    with pytest.raises(BatchFailedError):
        pool.run_one(os._exit, 3)
    assert pool.run_one(math.sqrt, 4.0) == 2.0


def test_who_waits_for_a_batch_of_a_stopped_pool_is_told(pool: WorkerPool) -> None:
    batches = [pool.submit(time.sleep, 60) for _ in range(3)]
    pool.stop()
    for batch in batches:
        with pytest.raises(CancelledError):
            batch.result(timeout=20)


def test_a_stopped_pool_takes_no_batch_until_its_next_block(pool: WorkerPool) -> None:
    pool.stop()
    with pytest.raises(CancelledError):
        pool.submit(math.sqrt, 4.0)
    with pool:
        pass
    with pool:
        assert pool.run_one(math.sqrt, 4.0) == 2.0
