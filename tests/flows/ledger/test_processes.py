"""A process that has ended is gone, also when its id was given to another one."""

import os
import socket
import subprocess
import sys
from dataclasses import replace

import pytest

from flows.ledger.processes import Process


def test_the_process_that_asks_is_there() -> None:
    assert not Process.current().is_gone()


def test_a_process_that_ended_is_gone() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()

    assert Process(socket.gethostname(), child.pid, "1").is_gone()


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="the system does not say when a process began")  # noqa: PTH110 - at import
def test_an_id_that_was_given_again_is_another_process() -> None:
    assert replace(Process.current(), started="1").is_gone()


def test_of_another_machine_nothing_is_known() -> None:
    assert not Process("elsewhere.example", 2**22 + 1, "1").is_gone()
