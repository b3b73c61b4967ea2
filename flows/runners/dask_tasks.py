"""What runs in a worker of a Dask cluster: one batch, once it is sure that the worker is of the same mind as the run.

A worker has its own copy of the code, of the lists and of the models, and has to find what the run hands over. What it
makes is named by what the run knows of these; so they are compared first.
"""

import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from logging.handlers import QueueHandler
from queue import SimpleQueue
from threading import Lock
from typing import Final, Generic, TypeVar

from flows.errors import UsageError
from flows.fingerprints import compute_seed_hash, compute_source_hash
from flows.nlp import ModelInfo, read_model_info
from flows.runners.exchange import Exchange
from flows.worker_logs import ROOT

Order = TypeVar("Order")
Result = TypeVar("Result")

_ONE_AT_A_TIME: Final = Lock()
"""A model is not made for several threads, and Dask workers may have some."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a run expects of its workers.

    Attributes:
        exchange: How files are handed over.
        code: What ``describe_code`` says where the run is.
        models: The models that the run knows.
        log_level: What is logged.
    """

    exchange: Exchange
    code: str
    models: tuple[ModelInfo, ...]
    log_level: int


@dataclass(frozen=True, kw_only=True)
class Done(Generic[Result]):
    """What comes of a batch.

    Attributes:
        result: What its function returned.
        made: What is to be received.
        records: What was logged meanwhile.
    """

    result: Result
    made: Sequence[str]
    records: Sequence[logging.LogRecord]


def describe_code() -> str:
    """Return what decides what a worker makes of its input, the models left out."""
    return f"{compute_source_hash()} {compute_seed_hash()}"


def do_batch(function: Callable[[Order], Result], order: Order, key: str, expected: Expected) -> Done[Result]:
    """Return what comes of a batch.

    Args:
        function: What is done.
        order: On what.
        key: By which its files are handed over.
        expected: What the run expects of this worker.

    Raises:
        UsageError: This worker is not that.
    """
    with _ONE_AT_A_TIME:
        require_expected(expected)
        with _keeping_records(expected.log_level) as records:
            result, made = expected.exchange.do(function, order, key)
        return Done(result=result, made=made, records=records)


@lru_cache(maxsize=16)  # a worker outlives many runs
def require_expected(expected: Expected) -> None:
    """Check that this worker has the files, the code and the models of a run; once for each run.

    Raises:
        UsageError: It has not; the message names the machine.
    """
    host = socket.gethostname()
    expected.exchange.require()
    if describe_code() != expected.code:
        raise UsageError(f"the Dask worker on {host} has another version of Dateline: install the same there")
    for model in expected.models:
        found = read_model_info(model.name)
        if found != model:
            raise UsageError(
                f"the Dask worker on {host} has {found.name} {found.version} on {found.backend}, and not "
                f"{model.version} on {model.backend}: install the same there"
            )


@contextmanager
def _keeping_records(level: int) -> Iterator[list[logging.LogRecord]]:
    """Give a list that has what our modules logged in the block, once it is over."""
    records: list[logging.LogRecord] = []
    queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
    logger, handler = logging.getLogger(ROOT), QueueHandler(queue)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield records
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        while not queue.empty():
            records.append(queue.get())
