"""What workers log is said by the process that gives them work, with the run and the interval."""

import logging

import pytest

from flows.workers import WorkerPool

LABELS = {"interval": "2026-03-02", "flow_run_id": "0-1"}


def log_from_worker(word: str) -> int:
    """Log a line and return the id of the process."""
    import os  # noqa: PLC0415  asked in the worker

    logging.getLogger("flows.somewhere").warning("%s%%", word)
    return os.getpid()


def test_a_line_of_a_worker_has_its_interval_its_run_and_its_process(caplog: pytest.LogCaptureFixture) -> None:
    pool = WorkerPool(worker_count=1, timeout_seconds=60, retry_count=0, labels=LABELS)
    with caplog.at_level(logging.INFO, "flows"), pool:
        process_id = pool.run_one(log_from_worker, "half [1/2]")
    (record,) = [record for record in caplog.records if record.name == "flows.somewhere"]
    assert record.getMessage() == f"2026-03-02, worker {process_id}: half [1/2]%"
    assert vars(record)["flow_run_id"] == "0-1"
