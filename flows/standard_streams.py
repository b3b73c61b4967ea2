"""Standard input, output and error of a process: open from its start to its end, and without what nobody can act on."""

import atexit
import os
import sys
from typing import Final

_STANDARD_ERROR: Final = 2
"""The last of the three descriptors."""


def open_closed_streams() -> None:
    """Have the null device stand for what was closed of the three (``<&-``, ``>&-``); called before a file is opened.

    Python leaves ``sys.stdin`` or ``sys.stdout`` None then, and the next file that anything opens is given the number
    that libraries and child processes print to: it could be the warehouse.
    """
    descriptor = os.open(os.devnull, os.O_RDWR)
    while descriptor <= _STANDARD_ERROR:
        os.set_inheritable(descriptor, True)
        descriptor = os.open(os.devnull, os.O_RDWR)
    os.close(descriptor)
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", _STANDARD_ERROR, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  to the end of the process


def end_quietly() -> None:
    """Have nothing written to standard error once the program is over; called first of all, it acts last of all.

    DuckDB's binding lists the objects that threads of others still hold: hundreds of words about nothing.
    """
    atexit.register(_close_standard_error)


def close_standard_output() -> None:
    """Send nowhere what Python would still write of it while it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _close_standard_error() -> None:
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_ERROR)
