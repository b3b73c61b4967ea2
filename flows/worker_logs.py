"""What worker processes log, said by the process that gives them work: with the run, the interval and the worker.

A worker puts records into a queue; a thread here hands them to the handlers of this process, so that they go wherever
its own go: standard error, the page of a run. A worker that is killed while it writes may take what others log with it,
and nothing else: they do not wait for the queue when they end.
"""

import logging
from collections.abc import Mapping
from logging.handlers import QueueHandler, QueueListener
from multiprocessing.context import BaseContext
from typing import Any, Final

ROOT: Final = "flows"
"""The logger above all that log in workers."""


class WorkerLogs:
    """The end of the queue that listens, from the first worker to the last.

    Attributes:
        arguments: What ``send_logs`` is called with in each worker.
    """

    def __init__(self, context: BaseContext, labels: Mapping[str, str]) -> None:
        queue = context.Queue()
        level = logging.getLogger(ROOT).getEffectiveLevel()
        self.arguments: tuple[Any, int] = (queue, level)
        self._listener = QueueListener(queue, LogRelay(labels))
        self._listener.start()

    def stop(self) -> None:
        """Hand on what is left, and listen no more."""
        self._listener.stop()


class LogRelay(logging.Handler):
    """Logs a worker's record as one of this process."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        super().__init__()
        self._labels = labels

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a record on, with the labels as its attributes and in front of its message."""
        for name, value in self._labels.items():
            setattr(record, name, value)
        shown = [value for name, value in self._labels.items() if name == "interval"]
        record.msg = f"{', '.join([*shown, f'worker {record.process}'])}: {record.getMessage()}"
        record.args = None
        logging.getLogger(record.name).handle(record)


def send_logs(queue: Any, level: int) -> None:
    """Send what this worker logs to the process that gives it work."""
    queue.cancel_join_thread()
    logger = logging.getLogger(ROOT)
    logger.setLevel(level)
    logger.handlers = [QueueHandler(queue)]
    logger.propagate = False
