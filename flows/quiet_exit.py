"""The end of a process, without what nobody can act on."""

import atexit
import os
import sys


def end_quietly() -> None:
    """Have nothing written to standard error once the program is over; called first of all, it acts last of all.

    DuckDB's binding lists the objects that threads of others still hold: hundreds of words about nothing.
    """
    atexit.register(_close_standard_error)


def _close_standard_error() -> None:
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
