"""What our modules log during a run, on the page of the run."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from prefect.logging.handlers import APILogHandler

ROOTS: Final = ("flows", "warehouse")


@contextmanager
def logging_to_run() -> Iterator[None]:
    """Send what our modules log in the block to the server, from information upward.

    Prefect's own setting for that (PREFECT_LOGGING_EXTRA_LOGGERS) would have to be made in the environment of every
    worker. Records of other threads are sent when they carry a flow_run_id.
    """
    handler = APILogHandler()
    handler.setLevel(logging.INFO)
    loggers = [logging.getLogger(name) for name in ROOTS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(min(logging.INFO, logger.getEffectiveLevel()))
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.removeHandler(handler)
        handler.flush()
