"""A home has one run at a time: another waits as long as it was told to, and says so."""

import logging
from pathlib import Path

import pytest
from filelock import FileLock

from flows.errors import HomeBusyError
from flows.home import Home
from flows.steps.interval import holding_home


def test_a_run_does_not_wait_unless_it_is_told_to(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    home = Home(tmp_path)
    with FileLock(home.lock_path), pytest.raises(HomeBusyError, match="another run is writing"), holding_home(home):
        pass

    assert caplog.records == []


def test_a_run_that_waits_says_so_and_gives_up_in_the_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    home = Home(tmp_path)
    waiting = holding_home(home, wait_seconds=0.05)
    with caplog.at_level(logging.WARNING), FileLock(home.lock_path), pytest.raises(HomeBusyError), waiting:
        pass

    assert [record.getMessage() for record in caplog.records] == [
        f"another run is writing {tmp_path}: waiting for it to end",
    ]
