"""A home has one run at a time: another waits as long as it was told to, and says so."""

import logging
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from flows.errors import HomeBusyError
from flows.home import Home
from flows.steps.interval import holding_home

KILLED_IN_THE_HOME = """
import os, signal, sys
from filelock import FileLock
FileLock(sys.argv[1]).acquire()
os.kill(os.getpid(), signal.SIGKILL)
"""


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


def test_a_run_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    home = Home(tmp_path)
    command = [sys.executable, "-c", KILLED_IN_THE_HOME, str(home.lock_path)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    assert home.lock_path.exists()
    with holding_home(home):
        pass
