"""Which process a run is in, and whether it still lives: ids are given again, so the moment it began is told, too."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_START_FIELD = 19
"""Of /proc/PID/stat behind the name of the program: field 22, starttime
(https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)."""


@dataclass(frozen=True)
class Process:
    """A process on a machine.

    Attributes:
        host: The name of the machine.
        process_id: Its id there.
        started: When it began, in ticks since the machine did; "" where the system does not say.
    """

    host: str
    process_id: int
    started: str

    @classmethod
    def current(cls) -> Self:
        """Return the one that asks."""
        return cls(socket.gethostname(), os.getpid(), _read_start(os.getpid()))

    def is_gone(self) -> bool:
        """Tell whether it has ended. Of another machine nothing is known, and it counts as alive."""
        if self.host != socket.gethostname():
            return False
        try:
            os.kill(self.process_id, 0)
        except ProcessLookupError:
            return True
        except PermissionError:  # somebody else's: it was ours
            return True
        return _read_start(self.process_id) != self.started


def _read_start(process_id: int) -> str:
    """Return when a process began, "" where there is no /proc."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[_START_FIELD]
